import { type OutcomeName, type QuestionName, questions } from '#lib/billing/which-code'

/** The questions that have an answer leading here: none for the first question, several where paths join. */
export function questionsBefore(place: QuestionName | OutcomeName): QuestionName[] {
  return (Object.keys(questions) as QuestionName[]).filter((name) =>
    questions[name].answers.some(({ next }) => next === place),
  )
}
