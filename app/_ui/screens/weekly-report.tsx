import { CadenceStrip, type Week, WeekMark } from '#ui/screens/cadence'
import { ScreenFrame } from '#ui/screens/frame'

const marks: Record<string, Week> = { k: 'kept', l: 'late', m: 'missed', b: 'before' }

/** Weeks: k on plan, l below plan, m no visit, b before the first visit. */
export const samplePatients = [
  { name: 'Patient 1041', status: 'On plan', weeks: 'kkkkkkkk' },
  { name: 'Patient 1087', status: 'Slipping', weeks: 'kkklkkll' },
  { name: 'Patient 1102', status: 'Back on plan', weeks: 'kkmmkkkk' },
  { name: 'Patient 1112', status: 'Away for two weeks', weeks: 'kkkkklmm' },
  { name: 'Patient 1130', status: 'New, third week', weeks: 'bbbbbkkk' },
]

const statusInk: Record<string, string> = {
  Slipping: 'text-ochre',
  'Away for two weeks': 'text-danger',
}

/** The weekly patients report: who keeps the planned visit cadence and who does not. */
export function WeeklyReportScreen() {
  return (
    <ScreenFrame title="Weekly patients report" legend={<Legend />}>
      <table className="w-full text-left text-sm">
        <caption className="sr-only">
          Visit cadence of five sample patients over eight weeks, one mark a week
        </caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="pb-2 font-medium">
              Patient
            </th>
            <th scope="col" className="w-36 pb-2 font-medium sm:w-[10.125rem]">
              Eight weeks
            </th>
          </tr>
        </thead>
        <tbody>
          {samplePatients.map(({ name, status, weeks }) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="py-2.5 pr-3 font-semibold">
                {name}
                <span className={`block text-sm font-normal ${statusInk[status] ?? 'text-muted'}`}>
                  {status}
                </span>
              </th>
              <td className="py-2.5">
                <CadenceStrip weeks={[...weeks].map((letter) => marks[letter] ?? 'before')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScreenFrame>
  )
}

const legend: { week: Week; word: string }[] = [
  { week: 'kept', word: 'on plan' },
  { week: 'late', word: 'below plan' },
  { week: 'missed', word: 'no visit' },
  { week: 'before', word: 'before first visit' },
]

function Legend() {
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      {legend.map(({ week, word }) => (
        <span key={week} className="flex items-center gap-2">
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className="size-4">
            <WeekMark week={week} />
          </svg>
          {word}
        </span>
      ))}
    </span>
  )
}
