import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { signToken } from '#lib/guard/token'
import {
  afterForm,
  afterProof,
  readVisit,
  submissionsOf,
  VISITOR_SECONDS,
  type Visit,
  visitToken,
} from '#lib/leads/visitor'
import { isExpiredPass, readPass, watchPass } from '#lib/leads/watch-pass'

const DAY_MS = 86_400_000
const kept = (visit: Visit) => readVisit(visitToken(visit)) as Visit

test('each form keeps the access that earlier ones gave', () => {
  const inquiry = afterForm(undefined, 'inquiry', 'i')
  expect(kept(inquiry)).toMatchObject({ last: 'i', demo: undefined, trial: undefined, proved: false })
  const demo = afterForm(inquiry, 'demo', 'd')
  expect(kept(demo)).toMatchObject({ last: 'd', demo: 'd', trial: undefined, proved: false })
  const trial = afterForm(demo, 'trial', 't')
  expect(kept(trial)).toMatchObject({ last: 't', demo: 'd', trial: 't', proved: false })
  const proved = afterProof(trial, 't')
  expect(kept(afterForm(proved, 'inquiry', 'j'))).toMatchObject({
    last: 'j',
    demo: 'd',
    trial: 't',
    proved: true,
  })
  // A trial form also gives access to the demo.
  expect(kept(afterForm(undefined, 'trial', 't'))).toMatchObject({ demo: 't' })
})

test('the same request sent twice stays proved; after an inquiry alone a link opens the demo, too', () => {
  expect(kept(afterForm(afterProof(undefined, 't'), 'trial', 't'))).toMatchObject({
    trial: 't',
    proved: true,
  })
  const inquiry = readVisit(visitToken(afterForm(undefined, 'inquiry', 'i')))
  expect(kept(afterProof(inquiry, 't'))).toMatchObject({ last: 'i', demo: 't', trial: 't', proved: true })
})

test('another request must be proved again', () =>
  expect(kept(afterForm(afterProof(undefined, 't'), 'trial', 'u'))).toMatchObject({
    trial: 'u',
    proved: false,
  }))

test('the latest submission of each form stays known after other forms, and no more than that', () => {
  const forms = ['inquiry', 'demo', 'trial', 'inquiry', 'demo', 'demo'] as const
  let visit: Visit | undefined
  const ids = forms.map(() => randomUUID())
  for (const [n, form] of forms.entries()) visit = kept(afterForm(visit, form, ids[n] ?? ''))
  expect(submissionsOf(visit)).toEqual([ids[5], ids[2], ids[3]])
  // A trial of another browser that is proved here forgets none of them.
  const trial = randomUUID()
  expect(submissionsOf(kept(afterProof(visit, trial)))).toEqual([ids[5], ids[2], ids[3], trial])
})

test('a cookie from before the submissions of each form were kept stays valid', () => {
  const expires = Math.floor(Date.now() / 1000) + 60
  const old = readVisit(signToken('visitor', `${expires}:l:d:t:proved`))
  expect(old).toEqual({ last: 'l', demo: 'd', trial: 't', proved: true, sent: {} })
  expect(submissionsOf(old)).toEqual(['l', 'd', 't'])
})

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
    token.replaceAll(':t:', ':u:'),
    token.replace('::trial', ':proved:trial'),
    `${token}x`,
    '',
    watchPass('t'),
  ])
    expect(readVisit(forged)).toBeUndefined()
  expect(readPass(token)).toBeUndefined()
})
