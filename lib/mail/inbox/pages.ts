import type { IncomingMessage, ServerResponse } from 'node:http'
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
  const rows = mails.map(
    ({ id, at, from, to, subject }) =>
      `<tr><td>${escapeHtml(at.slice(0, 19).replace('T', ' '))}<td><a href="/mail/${id}">${escapeHtml(subject || '(no subject)')}</a><td>${escapeHtml(to)}<td>${escapeHtml(from)}`,
  )
  const table = `<table><tr><th>UTC<th>Subject<th>To<th>From${rows.join('')}</table>`
  return page('Inbox', `<meta http-equiv="refresh" content="5">`, rows.length ? table : '<p>No mail yet.')
}

function mailPage({ id, from, to, subject }: Summary): string {
  const links = ['html', 'text', 'raw'].map((part) => `<a href="/mail/${id}/${part}">${part}</a>`)
  const head = `<p><a href="/">Inbox</a> · ${links.join(' · ')}<h1>${escapeHtml(subject)}</h1><p>From ${escapeHtml(from)}<br>To ${escapeHtml(to)}`
  return page(subject, '', `${head}<iframe title="The mail" src="/mail/${id}/html"></iframe>`)
}

function page(title: string, head: string, body: string): string {
  const style = `body{font:16px/1.5 system-ui;margin:2rem;color-scheme:light dark}td,th{text-align:left;padding:.2rem 1rem .2rem 0}iframe{width:100%;height:75vh;border:1px solid;background:#fff}`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>${head}<style>${style}</style>${body}</html>`
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
