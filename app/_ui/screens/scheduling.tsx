import { ScreenFrame } from '#ui/screens/frame'

type Slot = 'free' | 'taken' | 'chosen'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']
const times: { time: string; slots: Slot[] }[] = [
  { time: '8:45', slots: ['taken', 'free', 'taken', 'chosen', 'taken'] },
  { time: '9:30', slots: ['free', 'taken', 'taken', 'free', 'free'] },
  { time: '10:15', slots: ['taken', 'taken', 'free', 'taken', 'free'] },
  { time: '2:00', slots: ['free', 'free', 'taken', 'taken', 'taken'] },
]

/** Online scheduling: the open times of a week, as a patient sees them. */
export function SchedulingScreen() {
  return (
    <ScreenFrame title="Online scheduling">
      <table className="w-full table-fixed border-separate border-spacing-0.5 text-center text-xs sm:border-spacing-1 sm:text-sm">
        <caption className="sr-only">Open and booked times in a sample week</caption>
        <thead>
          <tr>
            <td />
            {days.map((day) => (
              <th key={day} scope="col" className="pb-1 font-medium text-muted">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map(({ time, slots }) => (
            <tr key={time}>
              <th scope="row" className="font-medium text-muted">
                {time}
              </th>
              {days.map((day, i) => (
                <SlotCell key={day} slot={slots[i] ?? 'taken'} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScreenFrame>
  )
}

const slotStyles: Record<Slot, { word: string; style: string }> = {
  free: { word: 'Open', style: 'border-control bg-surface text-ink' },
  taken: { word: '–', style: 'border-transparent bg-sunken text-muted' },
  chosen: { word: 'Yours', style: 'border-transparent bg-accent font-semibold text-on-accent' },
}

function SlotCell({ slot }: { slot: Slot }) {
  const { word, style } = slotStyles[slot]
  return (
    <td className={`h-10 rounded-control border ${style}`}>
      {slot === 'taken' ? <span className="sr-only">Booked</span> : word}
    </td>
  )
}
