import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { figure, type Mark, times } from './mark.ts'
import { measure } from './requests.ts'
import type { BenchSetup } from './setup.ts'

/** Bytes of JavaScript that a page loads, compressed with gzip. */
function scriptBytes(html: string): number {
  const files = [...html.matchAll(/<script\b(?![^>]*nomodule)[^>]*\bsrc="([^"?]+)/gi)].map(
    ([, source]) => `.next${source?.replace('/_next', '')}`,
  )
  return [...new Set(files)]
    .filter((file) => existsSync(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).byteLength, 0)
}

const scripts = (html: string) => `${(scriptBytes(html) / 1024).toFixed(1)} KB`

/** A page from memory compared with an empty route handler, and the JavaScript that pages load at first. */
export async function measurePages({ stack }: BenchSetup): Promise<Mark[]> {
  const page = await measure(stack.url, { path: '/97014', method: 'GET' }, 16, 5)
  const empty = await measure(stack.url, { path: '/healthz', method: 'GET' }, 16, 5)
  const marks = [
    figure('/97014 a second at 16, against /healthz', times(page.perSecond / empty.perSecond)),
    figure(
      'JavaScript of the framework alone',
      scripts(readFileSync('.next/server/app/privacy.html', 'utf8')),
    ),
  ]
  for (const path of ['/97014', '/demo', '/trial', '/contact'])
    marks.push(figure(`JavaScript on ${path}`, scripts(await (await fetch(stack.url + path)).text())))
  return marks
}
