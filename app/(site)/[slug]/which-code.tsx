import { numbersOf } from '#lib/articles/citations'
import { type Article, findArticle } from '#lib/articles/library'
import { questionsBefore } from '#lib/billing/previous-questions'
import {
  firstQuestion,
  type OutcomeName,
  outcomes,
  type QuestionName,
  questions,
} from '#lib/billing/which-code'
import { publicOrigin } from '#lib/placeholders/settings'
import { Cite } from './cite'

/**
 * "Which code do I bill?", with links only: each question and outcome is a panel with an id, and CSS shows the one in the
 * URL's fragment (`.choice` in globals.css). Without CSS it is a list.
 */
export function WhichCode() {
  const article = findArticle('97014')
  if (!article) throw new Error('the choice cites the sources of content/97014.mdx, which is not there')
  return (
    <div className="choice no-print rounded-card border border-line bg-surface">
      {Object.keys(questions).map((name) => (
        <QuestionPanel key={name} name={name as QuestionName} />
      ))}
      {Object.keys(outcomes).map((name) => (
        <OutcomePanel key={name} name={name as OutcomeName} article={article} />
      ))}
    </div>
  )
}

function QuestionPanel({ name }: { name: QuestionName }) {
  const { ask, hint, answers } = questions[name]
  return (
    <section id={name} tabIndex={-1} aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`}>{ask}</h3>
      <p className="text-base text-muted">{hint}</p>
      <ul className="mt-4 space-y-2 text-base">
        {answers.map(({ answer, next }) => (
          <li key={answer}>
            <a href={`#${next}`} className="choice-answer">
              {answer}
            </a>
          </li>
        ))}
      </ul>
      <BackLinks from={name} />
    </section>
  )
}

function OutcomePanel({ name, article }: { name: OutcomeName; article: Article }) {
  const { answers, code, units, reason, cite } = outcomes[name]
  return (
    <section id={name} tabIndex={-1} aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`}>
        <span className="block text-sm font-normal tracking-normal text-muted">For {answers}: </span>
        <span className="text-2xl text-accent">{code}</span>
      </h3>
      <p className="text-base">{units}</p>
      <p className="text-base">
        {reason}
        <Cite of={numbersOf(article, cite)} />
      </p>
      <p className="text-base">
        <strong>Verify each payer and contract</strong> before the claim goes out.
      </p>
      <p className="text-sm text-muted">
        Link to this answer:{' '}
        <a href={`${article.path}#${name}`} className="link wrap-anywhere">
          {`${publicOrigin()}${article.path}#${name}`}
        </a>
      </p>
      <BackLinks from={name} />
    </section>
  )
}

/** Links to the previous question. If several lead here, one link for each, named by its subject. */
function BackLinks({ from }: { from: QuestionName | OutcomeName }) {
  const before = questionsBefore(from)
  if (!before.length) return null
  return (
    <ul className="flex flex-wrap gap-x-6 text-sm">
      {before.map((name) => (
        <li key={name}>
          <BackLink to={name}>{before.length > 1 ? `Back to ${questions[name].about}` : 'Back'}</BackLink>
        </li>
      ))}
      {before.includes(firstQuestion) || (
        <li>
          <BackLink to={firstQuestion}>Start again</BackLink>
        </li>
      )}
    </ul>
  )
}

function BackLink({ to, children }: { to: QuestionName; children: string }) {
  return (
    <a href={`#${to}`} className="link inline-flex min-h-11 items-center">
      {children}
    </a>
  )
}
