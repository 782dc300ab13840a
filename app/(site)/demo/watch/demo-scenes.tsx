import type { ReactNode } from 'react'
import { scenes } from '#lib/demo/scenes'
import { CustomReportsScreen } from '#ui/screens/custom-reports'
import { InboxScreen } from '#ui/screens/inbox'
import { RemindersScreen } from '#ui/screens/reminders'
import { SchedulingScreen } from '#ui/screens/scheduling'
import { WeeklyReportScreen } from '#ui/screens/weekly-report'

type SceneContent = { text: readonly string[]; screen: ReactNode }

/** Text and drawn screen of each scene of the film, by the scene's id. */
const sceneContent: Record<string, SceneContent> = {
  'weekly-report': {
    text: [
      'The weekly patients report gives each patient one row. In this illustration, each mark is one week: a circle means on plan, a triangle below plan, a cross no visit.',
      'Patient 1041 is on plan. Patient 1087 is starting to slip. Patient 1112 hasn’t been in for two weeks. That’s the call to make today.',
    ],
    screen: <WeeklyReportScreen />,
  },
  'custom-reports': {
    text: [
      'Custom reports track the numbers you care about, month by month: new patients, conversion, reactivation, collections.',
      'In this sample, all four are up since June; reactivation slipped in November.',
    ],
    screen: <CustomReportsScreen />,
  },
  reminders: {
    text: [
      'Reminders go out before each visit, by text or email.',
      'In this illustration, the list shows what has gone out and what is next. Tuesday’s two have gone out; Wednesday’s and Thursday’s go out next.',
    ],
    screen: <RemindersScreen />,
  },
  inbox: {
    text: [
      'The inbox works both ways. Your messages and the patient’s replies stay in one conversation.',
      'Patient 1112 was out of town. Four messages, and the visit is booked: Thursday at 8:45.',
    ],
    screen: <InboxScreen />,
  },
  scheduling: {
    text: [
      'With online scheduling, patients see which times are open and pick one.',
      'In this illustration, the patient takes Thursday at 8:45. Other booked times show no names.',
    ],
    screen: <SchedulingScreen />,
  },
}

/** The scenes with a screen, in the film's order and with its titles. */
const scenesWithScreen = scenes.flatMap(({ id, title }) =>
  sceneContent[id] ? [{ id, title, ...sceneContent[id] }] : [],
)

/** The walk-through. Each scene's text says everything that its picture shows. */
export function DemoScenes() {
  return (
    <ol className="space-y-16">
      {scenesWithScreen.map(({ id, title, text, screen }, i) => (
        <li
          key={id}
          id={id}
          className="grid items-center gap-6 wide:grid-cols-[minmax(0,1fr)_minmax(0,32rem)] wide:gap-16"
        >
          <div>
            <p className="text-sm font-semibold text-accent">
              Scene {i + 1} of {scenesWithScreen.length}
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
