import env from '#start/env'
import type { BrowserContext } from 'playwright'

/** What a reader of the page gives up on by leaving it is no fault. */
const GIVEN_UP = 'net::ERR_ABORTED'

/**
 * Listens to all that browsers complain of, on every page: console errors and warnings (hydration among them),
 * uncaught errors, breaches of the content policy, failed answers, and requests to anybody but us.
 */
export class BrowserWatch {
  #faults: string[] = []
  #allowed: RegExp[] = []

  /** Faults that a test means to cause. */
  allow(...patterns: RegExp[]) {
    this.#allowed.push(...patterns)
  }

  async follow(context: BrowserContext) {
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return
      this.#note(`console ${message.type()}: ${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (error) => this.#note(`uncaught: ${error.error().stack}`))
    context.on('request', (request) => {
      if (!isOurs(request.url())) this.#note(`foreign request: ${request.url()}`)
    })
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? ''
      if (reason !== GIVEN_UP) this.#note(`failed: ${request.url()} ${reason}`)
    })
    context.on('response', (response) => {
      if (response.status() >= 400) this.#note(`status ${response.status()}: ${response.url()}`)
    })
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        console.error(`content policy: ${effectiveDirective} refused ${blockedURI}`)
      )
    )
  }

  verdict() {
    if (this.#faults.length > 0)
      throw new Error(`The browser complained:\n${this.#faults.join('\n')}`)
  }

  #note(fault: string) {
    if (!this.#allowed.some((pattern) => pattern.test(fault))) this.#faults.push(fault)
  }
}

function isOurs(url: string) {
  const { protocol, hostname, port } = new URL(url)
  if (protocol === 'blob:' || url === 'about:blank') return true
  return /(^|\.)localhost$/.test(hostname) && port === String(env.get('PORT'))
}
