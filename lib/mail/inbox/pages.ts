import type { IncomingMessage, ServerResponse } from 'node:http'
import { escapeHtml } from '#lib/escape-html'
import { headersOf, type MailStore, parseMail, type Summary } from '#lib/mail/inbox/mail-store'

/**
 * The inbox's pages: the list and, for each mail, its HTML in a sandboxed frame, its text and its bytes. A mail can't run
 * script or load external resources; its links open in a new tab.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'"
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox"
const HTML = 'text/html; charset=utf-8'
const TEXT = 'text/plain; charset=utf-8'
const PATH = /^\/mail\/([0-9a-f-]{50})(?:\/(html|text|raw))?$/

type Page = { type: string; body: string | Buffer; policy?: string }

/** Answers a request from a browser or program on this machine. */
export async function answer(
  mailbox: MailStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = isAllowed(request) ? await find(mailbox, request.url ?? '').catch(() => undefined) : undefined
  const { type, body, policy = POLICY } = found ?? { type: TEXT, body: 'Not found, or not for you.\n' }
  response.writeHead(found ? 200 : isAllowed(request) ? 404 : 403, {
    'Content-Type': type,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Rejects scripts of other websites, and host names that were pointed to this machine (DNS rebinding). */
function isAllowed({ headers, method = '' }: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = headers
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) || !['GET', 'HEAD'].includes(method)) return false
  if (mode === 'navigate') return site !== 'cross-site' || headers['sec-fetch-dest'] === 'document'
  return (origin === undefined || origin === `http://${host}`) && ['none', 'same-origin'].includes(site)
}

async function find(mailbox: MailStore, path: string): Promise<Page | undefined> {
  if (path === '/') return { type: HTML, body: listPage(await mailbox.list()) }
  if (path === '/api/email') return { type: 'application/json', body: JSON.stringify(await mailbox.list()) }
  const [, id = '', part] = PATH.exec(path) ?? []
  const raw = id ? await mailbox.raw(id) : undefined
  if (!raw) return undefined
  if (part === 'raw') return { type: TEXT, body: raw }
  const mail = await parseMail(raw)
  if (part === 'text') return { type: TEXT, body: mail.text ?? 'This mail has no text part.' }
  const html = `<base target="_blank">${mail.html ?? 'This mail has no HTML part.'}`
  if (part === 'html') return { type: HTML, body: html, policy: MAIL_POLICY }
  return { type: HTML, body: mailPage({ id, at: '', ...headersOf(mail) }) }
}

function listPage(mails: Summary[]): string {
  const entries = mails.map(
    ({ id, at, to, subject }) =>
      `<li><a href="/mail/${id}"><b>${escapeHtml(subject || '(no subject)')}</b><span>To ${escapeHtml(to)}</span><time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time></a>`,
  )
  const list = entries.length
    ? `<ul>${entries.join('')}</ul>`
    : '<p>No mail yet. Send a form on the site, and its mails are here in a second.'
  const intro = `<h1>Inbox</h1><p>Every mail that the site sends on this machine. None leaves it.`
  return page('Inbox', '<meta http-equiv="refresh" content="5">', `${intro}${list}`)
}

function mailPage({ id, from, to, subject }: Summary): string {
  const links = Object.entries({ html: 'HTML', text: 'Plain text', raw: 'Source' }).map(
    ([part, name]) => `<a href="/mail/${id}/${part}">${name}</a>`,
  )
  const nav = `<nav><a href="/">← Inbox</a>${links.join('')}</nav>`
  const head = `<h1>${escapeHtml(subject || '(no subject)')}</h1><p>From ${escapeHtml(from)}<br>To ${escapeHtml(to)}`
  return page(subject, '', `${nav}${head}<iframe title="The mail" src="/mail/${id}/html"></iframe>`)
}

const STYLE =
  ':root{color-scheme:light dark;--ink:light-dark(#14211c,#e4ece7);--quiet:light-dark(#51605a,#a3b3ab);--line:light-dark(#d3dcd5,#2f3d37);--link:light-dark(#07463c,#7fd8bd)}' +
  'body{max-width:52rem;margin:0 auto;padding:1.5rem 1rem 3rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:light-dark(#fbfcf9,#101815)}' +
  'h1{margin:.5rem 0;font-size:1.6rem;line-height:1.25;overflow-wrap:anywhere}p{margin:0 0 1rem;color:var(--quiet);overflow-wrap:anywhere}a{color:var(--link)}' +
  'ul{margin:0;padding:0;list-style:none;border-top:1px solid var(--line)}li a{display:grid;gap:0 1.5rem;grid-template-columns:1fr auto;padding:.7rem .25rem;border-bottom:1px solid var(--line);text-decoration:none}' +
  'li b{grid-column:1/-1}li a:is(:hover,:focus-visible) b{text-decoration:underline}li span{overflow-wrap:anywhere}li span,time{color:var(--quiet);font-size:.9rem}' +
  '@media (max-width:32rem){li a{grid-template-columns:1fr}}nav{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem}nav a:first-child{margin-right:auto}' +
  'iframe{width:100%;height:75vh;border:1px solid var(--line);border-radius:.5rem;background:#fff}'

function page(title: string, head: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · TrackStat mail</title>${head}<style>${STYLE}</style><main>${body}</main></html>`
}
