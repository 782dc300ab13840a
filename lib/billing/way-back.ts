import { type OutcomeName, type QuestionName, questions } from '#lib/billing/which-code'

/** The questions of which an answer leads to this place: none for the first question, several where ways meet. */
export function questionsBefore(place: QuestionName | OutcomeName): QuestionName[] {
  return (Object.keys(questions) as QuestionName[]).filter((name) =>
    questions[name].answers.some(({ next }) => next === place),
  )
}
