import { afterAll, expect, test } from 'vitest'
import { ProjectCopy } from '../stack/project-copy.ts'

/** Code that needs script outside a client component fails the build. Each test builds a copy with one more page. */
const copy = new ProjectCopy('refused-code')
afterAll(() => copy.remove())

const writePage = (body: string, head = '') =>
  copy.write('app/(site)/extra/page.tsx', `${head}\nexport default function Extra() {\n${body}\n}\n`)

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
