import { describe, expect, test } from 'vitest'
import { findFormFaults, findScripts } from '#server/check-build'
import { withoutFramework } from '#server/client-components'
import { createRoutes } from '#server/routes'

describe('client components', () => {
  const next = '[project]/node_modules/next/dist/client/components/layout-router.js'
  const own = '[project]/app/_ui/form/enhanced-form.tsx'
  const script = '[project]/node_modules/next/dist/client/script.js'
  const manifest = (...names: string[]) => ({
    clientModules: Object.fromEntries(names.map((name) => [name, {}])),
  })

  test('are those that Next does not put into every page, of packages too', () =>
    expect([
      ...withoutFramework({
        '/_global-error/page': manifest(next),
        '/(site)/terms/page': manifest(next),
        '/(site)/demo/page': manifest(next, own, script),
      }),
    ]).toEqual([
      ['/_global-error/page', []],
      ['/(site)/terms/page', []],
      ['/(site)/demo/page', [own, script]],
    ]))

  test('of ours count also where every page has them', () =>
    expect(
      withoutFramework({
        '/_global-error/page': manifest(next, own),
        '/(site)/terms/page': manifest(next, own),
      }).get('/(site)/terms/page'),
    ).toEqual([own]))
})

test.each([
  '<script>document.title = 1</script>',
  '<script src="/own.js"></script>',
  '<script src="https://elsewhere.example/x.js"></script>',
  '<script type="module">x()</script>',
  // React's, for a part that is streamed in after the rest.
  '<script>$RC=function(b,c){};$RC("B:0","S:0")</script>',
  '<body onload="x()">',
  '<a href=" javascript:x()">x</a>',
])('%s is found on a page without client components', (html) =>
  expect(findScripts(`<main>${html}</main>`)).toHaveLength(1),
)

test.each([
  '<script type="application/ld+json">{"a":"</p>"}</script>',
  '<script data-kept="true">document.title</script>',
  '<script src="/_next/static/chunks/a.js" async=""></script>',
  '<script id="_R_">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = []))</script>',
  '<script>(self.__next_f=self.__next_f||[]).push([0])</script>',
  '<script>self.__next_f.push([1,"a"])</script>',
  '<a href="/on" title="only">x</a>',
])('%s is not missed', (html) => expect(findScripts(html)).toEqual([]))

test('forms post to handlers, or to pages that take a post', () => {
  const findRoute = createRoutes([
    { path: '/demo', kind: 'page' },
    { path: '/feed.xml', kind: 'handler' },
    { path: '/api/submissions/[form]', kind: 'handler' },
  ])
  const faults = (action: string) => findFormFaults(`<form method="post" action="${action}">`, findRoute)
  for (const action of ['/api/submissions/demo', '/unsubscribe']) expect(faults(action)).toEqual([])
  for (const action of ['/demo', '/feed.xml', '/api/submission/demo', 'https://elsewhere.example/', ''])
    expect(faults(action), action).toHaveLength(1)
  expect(findFormFaults('<form action="/demo">', findRoute)).toEqual([])
})
