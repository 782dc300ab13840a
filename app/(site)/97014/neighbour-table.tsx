import { ArticleTable } from '#ui/article-table'
import { Cite } from './cite'

const rows = [
  [
    '97010',
    'Hot or cold packs',
    'Medicare status B: never paid separately, and the patient cannot be billed',
  ],
  ['97012', 'Mechanical traction', 'Untimed, one unit'],
  ['97014', 'Unattended electrical stimulation', 'Untimed, one unit; not for Medicare'],
  [
    'G0283',
    'Unattended electrical stimulation, not for a wound, in a therapy plan of care',
    'Untimed, one unit; for Medicare',
  ],
  ['97032', 'Attended electrical stimulation', 'Timed, 15 minutes'],
  ['97035', 'Ultrasound', 'Timed, 15 minutes, attended'],
  ['97110', 'Exercise', 'Timed, 15 minutes'],
  ['97112', 'Neuromuscular re-education', 'Timed, 15 minutes'],
  ['97140', 'Manual therapy', 'Timed, 15 minutes'],
  ['97530', 'Therapeutic activities', 'Timed, 15 minutes'],
] as const

export function NeighbourTable() {
  return (
    <>
      <ArticleTable
        caption="97014 and its neighbors, in plain words"
        columns={['Code', 'What it is', 'How it is billed']}
        rows={rows}
        marked="97014"
      />
      <p className="text-sm text-muted">
        These are our own words, not the official descriptors. Status of 97010:
        <Cite of={['palmetto']} />
      </p>
    </>
  )
}
