import type { ReactNode } from 'react'
import { CustomReportsScreen } from '#ui/screen-custom-reports'
import { InboxScreen } from '#ui/screen-inbox'
import { RemindersScreen } from '#ui/screen-reminders'
import { SchedulingScreen } from '#ui/screen-scheduling'
import { WeeklyReportScreen } from '#ui/screen-weekly-report'

type Scene = { id: string; title: string; text: readonly string[]; screen: ReactNode }

const scenes: readonly Scene[] = [
  {
    id: 'weekly-report',
    title: 'Monday morning: who is coming, and who is not?',
    text: [
      'The weekly patients report has one line for each patient. The marks show how the visits of the last weeks compare with the cadence that was planned: a disc for as planned, a triangle for late, a cross for missed.',
      'Patient 1041 needs nothing from you. Patient 1087 has begun to slip. Patient 1112 has been away for two weeks: that is the call to make today.',
    ],
    screen: <WeeklyReportScreen />,
  },
  {
    id: 'custom-reports',
    title: 'How the practice is doing',
    text: [
      'Custom reports follow what matters to you from month to month: new patients, conversion, reactivation, collections.',
      'In the sample all four have risen since June, reactivation with a step back in November.',
    ],
    screen: <CustomReportsScreen />,
  },
  {
    id: 'reminders',
    title: 'A reminder before each visit',
    text: [
      'Appointment reminders go out before a visit, by text message or by e-mail.',
      'The list says what has been sent and what is still to come. Here two have gone out for Tuesday; Wednesday’s and Thursday’s are waiting for their day.',
    ],
    screen: <RemindersScreen />,
  },
  {
    id: 'inbox',
    title: 'The patient answers',
    text: [
      'The inbox works both ways. What the practice writes and what the patient answers stand in one conversation.',
      'Patient 1112, away for two weeks in the report, was out of town. Four messages later there is a visit on Thursday at 8:45.',
    ],
    screen: <InboxScreen />,
  },
  {
    id: 'scheduling',
    title: 'Or books without a call',
    text: [
      'With online scheduling patients see which times are free and take one of them.',
      'In the sample week, Thursday at 8:45 is taken by the person looking; the other taken times show no names.',
    ],
    screen: <SchedulingScreen />,
  },
]

/** The walk-through. The text of each scene is also its transcript: nothing is in the picture alone. */
export function DemoScenes() {
  return (
    <ol className="space-y-16">
      {scenes.map(({ id, title, text, screen }, i) => (
        <li
          key={id}
          id={id}
          className="grid items-center gap-6 wide:grid-cols-[minmax(0,1fr)_minmax(0,32rem)] wide:gap-16"
        >
          <div>
            <p className="text-sm font-semibold text-accent">
              Scene {i + 1} of {scenes.length}
            </p>
            <h2 className="mt-1">{title}</h2>
            {text.map((paragraph) => (
              <p key={paragraph} className="mt-3 max-w-prose text-muted">
                {paragraph}
              </p>
            ))}
          </div>
          {screen}
        </li>
      ))}
    </ol>
  )
}
