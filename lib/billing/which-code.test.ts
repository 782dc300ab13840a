import { expect, test } from 'vitest'
import { questionsBefore } from '#lib/billing/previous-questions'
import {
  firstQuestion,
  type OutcomeName,
  outcomes,
  type QuestionName,
  questions,
} from '#lib/billing/which-code'
import { billingPaths as table } from '../../e2e/stack/billing-paths.ts'

type Path = { answers: string[]; outcome: OutcomeName }

function pathsFrom(name: QuestionName, before: string[] = []): Path[] {
  return questions[name].answers.flatMap(({ answer, next }) => {
    const answers = [...before, answer]
    return next in outcomes
      ? [{ answers, outcome: next as OutcomeName }]
      : pathsFrom(next as QuestionName, answers)
  })
}

const paths = pathsFrom(firstQuestion)

function follows(path: Path, words: string): boolean {
  const parts = words.split(' > ')
  return parts.length === path.answers.length && parts.every((part, i) => path.answers[i]?.includes(part))
}

test.each(table)('%s ends in %s', (words, outcome) => {
  const found = paths.filter((path) => follows(path, words))
  expect(found.map((path) => path.outcome)).toEqual([outcome])
})

test('the test table lists every path, and every question and outcome is reached', () => {
  expect(paths.length).toBe(table.length)
  expect(new Set(paths.map(({ outcome }) => outcome))).toEqual(new Set(Object.keys(outcomes)))
  const asked = Object.values(questions).flatMap(({ answers }) => answers.map(({ next }) => next as string))
  for (const name of Object.keys(questions))
    expect(name === firstQuestion || asked.includes(name), name).toBe(true)
})

test('questionsBefore() lists the questions that lead to a place, each with a different subject', () => {
  expect(questionsBefore(firstQuestion)).toEqual([])
  expect(questionsBefore('bill-97014')).toEqual(['ask-payer'])
  expect(questionsBefore('ask-wound-payer')).toEqual(['ask-purpose', 'ask-attended-purpose'])
  for (const place of [...Object.keys(questions), ...Object.keys(outcomes)]) {
    const abouts = questionsBefore(place as OutcomeName).map((name) => questions[name].about)
    expect(new Set(abouts).size, place).toBe(abouts.length)
  }
})

test('97014 is never the answer for Medicare or a wound, nor a covered code for G0282', () => {
  for (const { answers, outcome } of paths) {
    const { code, units } = outcomes[outcome]
    if (/Medicare|for a wound/.test(answers.join())) expect(code).not.toContain('97014')
    if (answers.join().includes('A chiropractor')) expect(code).toMatch(/^No code/)
    if (answers.join().includes('Yes, for a wound')) expect(code).not.toMatch(/97032|G0283/)
    expect(code).not.toContain('G0282')
    expect(units).not.toBe('')
  }
})

test('every outcome has a source', () => {
  for (const { cite, reason } of Object.values(outcomes)) {
    expect(cite.length).toBeGreaterThan(0)
    expect(reason.split(' ').length).toBeGreaterThan(12)
  }
})
