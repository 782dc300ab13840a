import { afterAll, expect, test } from 'vitest'
import { ProjectCopy } from './stack/project-copy.ts'
import { Stack } from './stack/stack.ts'

/**
 * Only pages with a client component keep their script, and code that needs script elsewhere fails the build. Tested
 * with real builds of a copy of the project that has one more page.
 */
const copy = new ProjectCopy('page-scripts')
const stack = new Stack(copy.folder)
afterAll(() => copy.remove())

const writePage = (body: string, head = '') =>
  copy.write('app/(site)/extra/page.tsx', `${head}\nexport default function Extra() {\n${body}\n}\n`)

test('a page with a client component keeps its script, and no other page does', async () => {
  copy.write(
    'app/(site)/extra/counter.tsx',
    `'use client'
import { useState } from 'react'
export function Counter() {
  const [count, setCount] = useState(0)
  return <button type="button" onClick={() => setCount(count + 1)}>{count}</button>
}`,
  )
  writePage('return <Counter />', `import { Counter } from './counter'`)
  const { status, output } = copy.build()
  expect(status, output).toBe(0)
  await stack.start({ WORKER: 'off' })
  try {
    const [extra, terms] = await Promise.all(['/extra', '/terms'].map((path) => fetch(stack.url + path)))
    expect(extra?.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await extra?.text()).toMatch(/<script src="\/_next\/static\//)
    expect(terms?.headers.get('content-security-policy')).toContain("script-src 'none'")
    expect(await terms?.text()).not.toMatch(/<script(?! type="application\/ld\+json")/)
  } finally {
    await stack.stop()
  }
})

test.each([
  [
    'an event handler',
    'return <button type="button" onClick={() => {}}>x</button>',
    '',
    /Event handlers cannot/,
  ],
  ['a hook', 'useEffect(() => {})\nreturn null', `import { useEffect } from 'react'`, /useEffect/],
])('%s outside a client component fails the build', (_, body, head, message) => {
  writePage(body, head)
  const { status, output } = copy.build()
  expect(status).not.toBe(0)
  expect(output).toMatch(message)
})

test('scripts, actions and forms that the server would drop fail the build', () => {
  writePage(
    `async function act() { 'use server' }
    return (
      <>
        <script dangerouslySetInnerHTML={{ __html: 'document.title = 1' }} />
        <div dangerouslySetInnerHTML={{ __html: '<a href="JavaScript:x()" onclick="x()">x</a>' }} />
        <form action={act} />
        <form method="post" action="/extra" />
      </>
    )`,
  )
  const { status, output } = copy.build()
  expect(status).toBe(1)
  expect(output.split('\n').filter((line) => line.startsWith('The build can’t be served: '))).toEqual([
    expect.stringContaining('Server Actions'),
    expect.stringContaining('/extra has a form for /extra'),
    expect.stringContaining('<script>document.title = 1'),
    expect.stringContaining('href="JavaScript:x()"'),
    expect.stringContaining('onclick="x()"'),
  ])
})
