import { numbersOf } from '#lib/articles/citations'
import type { Article } from '#lib/articles/library'
import { Cite } from './cite'
import { fixedSections, Section } from './section'

export function Questions({ article }: { article: Article }) {
  if (!article.questions.length) return null
  return (
    <Section of={fixedSections.questions}>
      {article.questions.map(({ question, answer, cite }) => (
        <div key={question} className="question">
          <h3>{question}</h3>
          <p>
            {answer}
            <Cite of={numbersOf(article, cite)} />
          </p>
        </div>
      ))}
    </Section>
  )
}
