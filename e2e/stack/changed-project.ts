import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestPostgres } from './postgres.ts'
import { ProjectCopy } from './project-copy.ts'

/** The folder of the changed copy, which tests named `x.build.test.ts` serve. */
export const CHANGED_PROJECT = 'e2e/results/changed-project'

const clinicians = `
  clinicians: {
    kind: 'line',
    label: 'How many clinicians work there?',
    short: 'Clinicians',
    collected: 'the number of clinicians',
    max: 3,
    missing: 'Enter a number.',
    inputMode: 'numeric',
  },`

const newsletter = `
  newsletter: {
    title: 'Newsletter',
    noun: 'Newsletter sign-up',
    activity: 'Signed up for the newsletter',
    page: '/newsletter',
    next: '/newsletter/sent',
    fields: { email: 'required' },
    submit: 'Sign up',
    sending: 'Signing you up…',
  },`

const pages = {
  'layout.tsx': `export { SiteFrame as default } from '#ui/layout/site-frame'\n`,
  'page.tsx': `import { EnhancedForm } from '#ui/form/enhanced-form'
export default function NewsletterPage() {
  return <EnhancedForm form="newsletter" />
}
`,
  'sent/page.tsx': 'export default function SentPage() {\n  return <h1>You are signed up</h1>\n}\n',
}

const article = `---
title: Hot and cold packs
eyebrow: A note for the front desk
subtitle: Why 97010 is not paid on its own
summary: What a visit with packs may and may not be billed for.
published: 2026-12-01
reviewed: 2026-12-02
keywords: [packs, modalities]
glance:
  - { term: In one line, fact: Never paid separately, cite: [palmetto] }
questions:
  - { question: May the patient be billed?, answer: "No, Medicare does not allow it.", cite: [palmetto] }
references:
  palmetto: { by: Palmetto GBA, title: Hot or cold packs, where: "2018" }
---

## What it is [#what]

Packs, hot or cold.<Cite of="palmetto" />

## What follows

${'Some more words about it. '.repeat(100)}
`

const counter = `'use client'
import { useState } from 'react'
export function Counter() {
  const [count, setCount] = useState(0)
  return <button type="button" onClick={() => setCount(count + 1)}>{count}</button>
}
`
const counterPage = `import { Counter } from './counter'
export default function Extra() {
  return <Counter />
}
`

/**
 * Before the tests of builds: builds one copy of the project with everything that they add (a field, a form, an article,
 * a page with a client component), because a build is slow.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const copy = new ProjectCopy('changed-project')
  const insert = (file: string, place: string, text: string, times = 1) => {
    const parts = readFileSync(join(copy.folder, file), 'utf8').split(place)
    if (parts.length - 1 !== times) throw new Error(`${file} has ${parts.length - 1} times ${place}`)
    copy.write(file, parts.join(place + text))
  }
  insert('lib/forms/fields.ts', 'export const fields = {', clinicians)
  insert('lib/forms/forms.ts', 'export const forms = {', newsletter)
  // In the demo form and the trial form, which have the EHR field.
  insert('lib/forms/forms.ts', "ehr: 'optional',", "\n      clinicians: 'optional',", 2)
  for (const [name, text] of Object.entries(pages)) copy.write(`app/(site)/newsletter/${name}`, text)
  copy.write('content/hot-packs.mdx', article)
  copy.write('app/(site)/extra/counter.tsx', counter)
  copy.write('app/(site)/extra/page.tsx', counterPage)
  const { status, output } = copy.build()
  if (status !== 0) throw new Error(`the changed project is not built:\n${output}`)
  const stopPostgres = await startTestPostgres()
  return async () => {
    await stopPostgres()
    copy.remove()
  }
}
