import { type OutcomeName, type QuestionName, questions } from '#lib/billing/which-code'

/** The questions with an answer that leads to this question or outcome; none for the first, maybe several. */
export function questionsBefore(place: QuestionName | OutcomeName): QuestionName[] {
  return (Object.keys(questions) as QuestionName[]).filter((name) =>
    questions[name].answers.some(({ next }) => next === place),
  )
}
