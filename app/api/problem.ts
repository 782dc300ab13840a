import type { FieldErrors } from '#lib/forms/submission-schema'
import { cookieName } from '#lib/guard/cookie'

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not from this site',
  404: 'Not found',
  409: 'Not in this state',
  413: 'Too large',
  415: 'Wrong media type',
  422: 'Please check what you entered',
  429: 'Too many requests',
  503: 'Not possible just now',
}

/** A response in problem+json (RFC 9457). Never cached. */
export function problem(
  status: number,
  detail: string,
  more: { errors?: FieldErrors; retryAfter?: number } = {},
): Response {
  const headers = new Headers({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'private, no-store',
  })
  if (more.retryAfter) headers.set('Retry-After', String(more.retryAfter))
  const body = { type: 'about:blank', title: TITLES[status], status, detail, errors: more.errors }
  return new Response(JSON.stringify(body), { status, headers })
}

/** 303 See Other: the browser follows with a GET, so that a reload does not post again. */
export function seeOther(path: `/${string}`, cookies: string[] = []): Response {
  return redirect(303, path, cookies)
}

/** 307 Temporary Redirect: the browser posts the same form again. */
export function sendAgain(path: `/${string}`, cookies: string[]): Response {
  return redirect(307, path, cookies)
}

function redirect(status: 303 | 307, path: `/${string}`, cookies: string[]): Response {
  const headers = new Headers({ Location: path, 'Cache-Control': 'private, no-store' })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status, headers })
}

/** A Set-Cookie value: HttpOnly, SameSite=Lax. `name`: without the `__Host-` prefix. */
export function cookie(name: string, value: string, seconds: number, appUrl: string): string {
  const secure = appUrl.startsWith('https:') ? '; Secure' : ''
  return `${cookieName(name, appUrl)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}
