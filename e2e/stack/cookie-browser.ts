import type { Stack } from './stack.ts'

/** A minimal HTTP client with cookies and its own network address. Needs a stack with TRUST_PROXY=1. */
export class CookieBrowser {
  readonly #stack: Stack
  readonly #network: string
  readonly #cookies = new Map<string, string>()

  constructor(stack: Stack, network: string) {
    this.#stack = stack
    this.#network = network
  }

  /** Posts a form as JSON. */
  send(form: string, fields: Record<string, unknown>, headers: Record<string, string> = {}) {
    return this.#keep(this.#stack.post(form, fields, { ...this.#headers(), ...headers }))
  }

  /** Posts a form as a page without script does; redirects are not followed. */
  press(path: string, fields: Record<string, string> = {}): Promise<Response> {
    const init = { method: 'POST', redirect: 'manual' as const, headers: this.#headers() }
    return this.#keep(fetch(this.#stack.url + path, { ...init, body: new URLSearchParams(fields) }))
  }

  /** A page's HTML, or status and Location if it is not a page. */
  async see(path: string): Promise<string> {
    const init = { headers: this.#headers(), redirect: 'manual' as const }
    const answer = await this.#keep(fetch(this.#stack.url + path, init))
    return answer.status === 200 ? answer.text() : `${answer.status} ${answer.headers.get('location')}`
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)
  }

  #headers(): Record<string, string> {
    const Cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { 'X-Forwarded-For': this.#network, Cookie }
  }

  async #keep(coming: Promise<Response>): Promise<Response> {
    const answer = await coming
    for (const given of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(given) ?? []
      this.#cookies.set(name, value)
    }
    return answer
  }
}
