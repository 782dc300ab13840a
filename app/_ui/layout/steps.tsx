import { Card } from '#ui/layout/card'

const number =
  'before:flex before:size-7 before:shrink-0 before:items-center before:justify-center before:rounded-full before:bg-accent-soft before:text-sm before:font-semibold before:text-accent before:[content:counter(step)]'

/** The steps after a form is sent, shown beside the form. */
export function Steps({ steps }: { steps: string[] }) {
  return (
    <Card title="What happens next" id="next-steps">
      <ol className="space-y-4 [counter-reset:step]">
        {steps.map((step) => (
          <li key={step} className={`flex gap-3 [counter-increment:step] ${number}`}>
            <div className="min-w-0">{step}</div>
          </li>
        ))}
      </ol>
    </Card>
  )
}
