import { headers } from 'next/headers'
import { readCookies } from '#lib/guard/cookie'
import { findVisit, type Visit } from '#lib/leads/visitor'

/** The visit of the requesting browser: what it has sent and proved. For pages and handlers. */
export async function currentVisit(): Promise<Visit | undefined> {
  return findVisit((await headers()).get('cookie'))
}

/** The value of another cookie of this site; `name`: without the `__Host-` prefix. */
export async function currentCookie(name: string): Promise<string | undefined> {
  return readCookies((await headers()).get('cookie'), name)[0]
}
