import { HtmlValidate } from 'html-validate'
import { refusalPage } from '../app/api/refusal.ts'
import { listAllPages, publicPaths, read } from './stack/all-pages.ts'
import { expect, test } from './stack/test.ts'

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // React's HTML style, which every parser reads the same way.
    'attr-case': 'off',
    'void-style': 'off',
    'attribute-empty-style': 'off',
    'attribute-boolean-style': 'off',
    // Next's script has the id `_R_`, which is valid HTML.
    'valid-id': ['error', { relaxed: true }],
    // The phone number is written with plain spaces; CSS prevents wrapping.
    'tel-non-breaking': ['error', { ignoreClasses: ['whitespace-nowrap'] }],
  },
})

async function faultsOf(name: string, html: string): Promise<string[]> {
  const { results } = await validator.validateString(html, name)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => `${name}: ${ruleId}: ${message}`),
  )
}

test('no html-validate errors on any public, personal or error page', async ({ stack }) => {
  for (const visit of await listAllPages(stack))
    expect(await faultsOf(visit.path, await read(stack, visit))).toEqual([])
  const values = { name: '"Jane" <b>', message: 'a\n&' }
  const refusal = { status: 503, detail: 'Not now.', retryAfter: 5, values, errors: { name: ['<b>'] } }
  const kept = await refusalPage(new Headers(), { ...refusal, again: '/api/submissions/demo' }).text()
  expect(await faultsOf('the page that keeps what was typed', kept)).toEqual([])
  expect(await faultsOf('the test itself', '<!doctype html><p><p id="a" id="a">')).not.toEqual([])
})

/** Every URL in a page that a browser would follow or fetch. */
function addressesOf(html: string): string[] {
  const found = [...html.matchAll(/<[a-z][^>]*?\s(?:href|src|action|poster)="([^"]*)"/g)].map(
    ([, to = '']) => to,
  )
  return [...new Set(found.map((to) => to.replaceAll('&amp;', '&')))]
}

test('no broken links: pages, files, anchors, mail and phone', async ({ stack }) => {
  const answers = new Map<string, Promise<Response>>()
  const get = (url: string, cookie: string) => {
    const key = `${url} ${cookie}`
    if (!answers.has(key)) answers.set(key, fetch(url, { headers: { cookie } }))
    return answers.get(key) as Promise<Response>
  }
  const texts = new Map<string, string>()
  for (const visit of await listAllPages(stack)) {
    const html = await read(stack, visit)
    for (const to of addressesOf(html)) {
      const url = new URL(to, stack.url + visit.path)
      const at = `${to} on ${visit.path}`
      if (url.protocol === 'mailto:') expect(url.pathname, at).toMatch(/^[^@\s]+@[^@\s]+\.[a-z]+$/)
      else if (url.protocol === 'tel:') expect(url.pathname, at).toMatch(/^\+\d{11}$/)
      else if (url.origin !== stack.url) expect(to, at).toMatch(/^https:\/\/[\w-]+(\.[\w-]+)+\/\S*$/)
      else if (to.startsWith('#')) expect(html.includes(`id="${to.slice(1)}"`), at).toBe(true)
      else if (!url.pathname.startsWith('/api/')) {
        const [address = '', anchor] = url.href.split('#')
        const answer = await get(address, visit.cookies ?? '')
        expect(answer.status, at).toBe(visit.status === 404 && address.endsWith(visit.path) ? 404 : 200)
        // For a video the fragment is a time (Media Fragments), not an element.
        if (!anchor || !answer.headers.get('content-type')?.startsWith('text/html')) continue
        if (!texts.has(address)) texts.set(address, await answer.text())
        expect(texts.get(address)?.includes(`id="${anchor}"`), at).toBe(true)
      }
    }
  }
  expect(publicPaths.every((path) => answers.has(`${stack.url}${path} `))).toBe(true)
})
