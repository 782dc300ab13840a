import { expect, test } from 'vitest'
import { afterForm, afterProof, readVisit, VISITOR_SECONDS, type Visit, visitToken } from '#lib/leads/visitor'
import { isExpiredPass, readPass, watchPass } from '#lib/leads/watch-pass'

const DAY_MS = 86_400_000
const kept = (visit: Visit) => readVisit(visitToken(visit))

test('each form keeps the access that earlier ones gave', () => {
  const inquiry = afterForm(undefined, 'inquiry', 'i')
  expect(kept(inquiry)).toEqual({ last: 'i', demo: undefined, trial: undefined, proved: false })
  const demo = afterForm(inquiry, 'demo', 'd')
  expect(kept(demo)).toEqual({ last: 'd', demo: 'd', trial: undefined, proved: false })
  const trial = afterForm(demo, 'trial', 't')
  expect(kept(trial)).toEqual({ last: 't', demo: 'd', trial: 't', proved: false })
  const proved = afterProof(trial, 't')
  expect(kept(afterForm(proved, 'inquiry', 'j'))).toEqual({ last: 'j', demo: 'd', trial: 't', proved: true })
  // A trial form also gives access to the demo.
  expect(kept(afterForm(undefined, 'trial', 't'))).toMatchObject({ demo: 't' })
})

test('the same request sent twice stays proved; after an inquiry alone a link opens the demo, too', () => {
  expect(kept(afterForm(afterProof(undefined, 't'), 'trial', 't'))).toMatchObject({
    trial: 't',
    proved: true,
  })
  const inquiry = readVisit(visitToken(afterForm(undefined, 'inquiry', 'i')))
  expect(kept(afterProof(inquiry, 't'))).toEqual({ last: 'i', demo: 't', trial: 't', proved: true })
})

test('another request must be proved again', () =>
  expect(kept(afterForm(afterProof(undefined, 't'), 'trial', 'u'))).toMatchObject({
    trial: 'u',
    proved: false,
  }))

test('cookie and pass expire after 90 days, also as copies', () => {
  const then = Date.now() - VISITOR_SECONDS * 1000
  const visit = afterForm(undefined, 'demo', 'd')
  expect(readVisit(visitToken(visit, then - DAY_MS))).toBeUndefined()
  expect(readVisit(visitToken(visit, then + DAY_MS))).toMatchObject({ demo: 'd' })
  expect(readPass(watchPass('d', then - DAY_MS))).toBeUndefined()
  expect(readPass(watchPass('d', then + DAY_MS))).toBe('d')
  // Only our own pass has expired; a forged or absent one never was valid.
  const passes = [
    watchPass('d', then - DAY_MS),
    watchPass('d', then + DAY_MS),
    `${watchPass('d', then - DAY_MS)}x`,
  ]
  expect([...passes, '', undefined].map((pass) => isExpiredPass(pass))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})

test('a changed token opens nothing', () => {
  const token = visitToken(afterForm(undefined, 'trial', 't'))
  for (const forged of [
    token.replace(':t:', ':u:'),
    token.replace(/:\./, ':proved.'),
    `${token}x`,
    '',
    watchPass('t'),
  ])
    expect(readVisit(forged)).toBeUndefined()
  expect(readPass(token)).toBeUndefined()
})
