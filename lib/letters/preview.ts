import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import getPort, { portNumbers } from 'get-port'
import { type MailKind, mailKinds, renderMail, templates } from '#emails/index'
import { escapeHtml } from '#lib/escape-html'

/** `npm run mail`: every kind of mail with its example data, on loopback or as files (`--out DIR`). Sends nothing. */
const { values } = parseArgs({ options: { out: { type: 'string' } } })

const views = [
  { scheme: 'light', width: 640 },
  { scheme: 'dark', width: 640 },
  { scheme: 'light', width: 360 },
  { scheme: 'dark', width: 360 },
] as const
type Scheme = (typeof views)[number]['scheme']

const draw = <Kind extends MailKind>(kind: Kind) => renderMail(kind, templates[kind].example)

// In a mail client the system's scheme applies; here both are forced, side by side.
function inScheme(html: string, scheme: Scheme): string {
  return html.replaceAll('(prefers-color-scheme:dark)', scheme === 'dark' ? 'all' : 'not all')
}

function kilobytes(text: string): string {
  return `${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`
}

async function page(kind: MailKind): Promise<string> {
  const { subject, html, text } = await draw(kind)
  const links = mailKinds.map(
    (each) => `<a href="/${each}"${each === kind ? ' aria-current="page"' : ''}>${each}</a>`,
  )
  const frames = views.map(
    ({ scheme, width }) =>
      `<figure><figcaption>${scheme}, ${width} px</figcaption>` +
      `<iframe src="/${kind}/${scheme}" width="${width}" title="${kind}, ${scheme}, ${width} px"></iframe></figure>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${kind} · mail preview</title>
<style>${style}</style><nav>${links.join('')}</nav><main><h1>${escapeHtml(subject)}</h1>
<p>HTML ${kilobytes(html)} (Gmail cuts at 102 kB) · text ${kilobytes(text)} · subject ${subject.length} characters</p>
<div>${frames.join('')}</div><h2>Plain text</h2><pre>${escapeHtml(text)}</pre></main></html>`
}

const style =
  'body{margin:0;font:15px/1.5 system-ui,sans-serif;background:#eef2ec;color:#14211c}' +
  'nav{display:flex;flex-wrap:wrap;gap:4px;padding:12px 24px;background:#07463c}' +
  'nav a{color:#fff;padding:6px 12px;border-radius:6px;text-decoration:none}' +
  'nav a[aria-current]{background:#d5ebe2;color:#07463c}main{padding:8px 24px 48px}h1{font-size:22px;margin:16px 0 0}' +
  'main>div{display:flex;gap:20px;overflow-x:auto}figure{margin:0}figcaption{margin-bottom:4px}' +
  'iframe{height:900px;border:1px solid #b9c4bb;background:#fff}' +
  'pre{display:inline-block;padding:16px 20px;background:#fff;border:1px solid #b9c4bb;white-space:pre-wrap}'

// Blocks all external resources, so that a mail which needs one looks broken here.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"

function send(response: ServerResponse, status: number, body: string) {
  const type = status === 200 ? 'text/html' : 'text/plain'
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': POLICY,
  })
  response.end(body)
}

async function answer(path: string, response: ServerResponse) {
  const [first = '', scheme] = path.slice(1).split('/')
  const kind = first === '' ? mailKinds[0] : mailKinds.find((each) => each === first)
  if (!kind)
    return send(response, 404, `There is no mail named "${first}". There are: ${mailKinds.join(', ')}.`)
  if (scheme === undefined) return send(response, 200, await page(kind))
  return send(response, 200, inScheme((await draw(kind)).html, scheme === 'dark' ? 'dark' : 'light'))
}

async function serve() {
  const host = '127.0.0.1'
  const port = await getPort({ host, port: portNumbers(3030, 3099) })
  createServer((request, response) => {
    answer(request.url ?? '/', response).catch((error: Error) =>
      send(response, 500, error.stack ?? error.message),
    )
  }).listen(port, host, () => console.log(`Mail preview: http://localhost:${port}/`))
}

async function write(folder: string) {
  await mkdir(folder, { recursive: true })
  for (const kind of mailKinds) {
    const { subject, html, text } = await draw(kind)
    await writeFile(join(folder, `${kind}.html`), html)
    await writeFile(join(folder, `${kind}.txt`), `Subject: ${subject}\n\n${text}`)
    console.log(`${kind}: ${subject} (HTML ${kilobytes(html)}, text ${kilobytes(text)})`)
  }
}

if (values.out) await write(values.out)
else await serve()
