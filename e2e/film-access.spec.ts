import { expect, test } from './stack/test.ts'

const fields = (email: string) => ({ name: 'Jane Roe', email, company: 'Desert Spine' })

test('the film needs the form, supports ranges, and has no URL that bypasses the check', async ({
  stack,
}) => {
  const submitted = await stack.post('demo', fields('ranges@example.com'))
  const cookie = /^[^;]+/.exec(submitted.headers.get('set-cookie') ?? '')?.[0] ?? ''
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(stack.url + path, { method, headers, redirect: 'manual' })
  for (const path of ['sample.mp4', 'sample.webm', 'captions.vtt', 'chapters.vtt']) {
    expect((await get(`/demo/${path}`)).status, path).toBe(403)
    expect((await get(`/demo/${path}?pass=x.y`)).status, path).toBe(403)
    expect((await get(`/demo/${path}`, { cookie }, 'HEAD')).status, path).toBe(200)
  }
  const around = ['//demo/sample.mp4', '/demo//sample.mp4', '/demo/./sample.mp4', '/%64emo/sample.mp4']
  for (const path of [
    ...around,
    '/demo/sample%2Emp4',
    '/DEMO/sample.mp4',
    '/media/sample.mp4',
    '/demo/sample.mp4/',
  ])
    expect((await get(path)).headers.get('content-type') ?? '', path).not.toContain('video')
  expect((await get('/demo/poster.jpg')).status).toBe(200)
  expect((await get('/demo/sample.mp4', { accept: 'text/html' })).headers.get('location')).toBe('/demo')
  expect((await get('/demo/sample.mp4', { cookie }, 'POST')).status).toBe(405)

  const whole = await get('/demo/sample.mp4', { cookie })
  expect(whole.headers.get('content-type')).toBe('video/mp4')
  expect(whole.headers.get('cache-control')).toBe('private, max-age=3600')
  const size = (await whole.arrayBuffer()).byteLength
  expect(size).toBeLessThan(4_000_000)
  const part = await get('/demo/sample.mp4', { cookie, range: 'bytes=100-199' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${size}`])
  expect((await part.arrayBuffer()).byteLength).toBe(100)
  const etag = whole.headers.get('etag') ?? ''
  const modified = whole.headers.get('last-modified') ?? ''
  expect(etag).toMatch(/^"[\w.-]+"$/)
  const range = 'bytes=0-9'
  for (const same of [etag, modified])
    expect((await get('/demo/sample.mp4', { cookie, range, 'if-range': same })).status, same).toBe(206)
  // Another tag, a weak tag, a list, a later date: the whole file is sent (RFC 9110).
  for (const other of ['"other"', `W/${etag}`, `"other", ${etag}`, 'Fri, 01 Jan 2100 00:00:00 GMT'])
    expect((await get('/demo/sample.mp4', { cookie, range, 'if-range': other })).status, other).toBe(200)
  expect((await get('/demo/sample.mp4', { cookie, range }, 'HEAD')).status).toBe(200)
  // Node's fetch adds "no-cache" to conditional requests without Cache-Control.
  const known = { cookie, 'if-none-match': etag, 'cache-control': 'max-age=0' }
  expect((await get('/demo/sample.mp4', known)).status).toBe(304)
  const beyond = await get('/demo/sample.mp4', { cookie, range: `bytes=${size}-` })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
  for (const name of ['vary', 'x-content-type-options', 'x-frame-options'])
    expect(beyond.headers.get(name), name).toBe(whole.headers.get(name))
  expect(beyond.headers.get('cache-control')).toMatch(/^private/)
})
