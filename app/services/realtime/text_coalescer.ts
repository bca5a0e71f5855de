/** A piece of a growing text. `offset` counts UTF-16 units from the start of the attempt's text. */
export type TextEvent = {
  type: 'delta' | 'reasoning'
  id: string
  attempt: number
  offset: number
  text: string
}

export type Clock = {
  now: () => number
  /** Calls `fn` after `delayMs`; the returned function calls it off. */
  after: (delayMs: number, fn: () => void) => () => void
}

const INTERVAL_MS = 50

const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, fn) {
    const timer = setTimeout(fn, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Gathers a text that arrives in crumbs into at most 20 events a second. The first goes out at once. */
export class TextCoalescer {
  #waiting = ''
  #offset = 0
  #sentAt = Number.NEGATIVE_INFINITY
  #callOff: (() => void) | null = null

  constructor(
    private text: Pick<TextEvent, 'type' | 'id' | 'attempt'>,
    private emit: (event: TextEvent) => void,
    private clock: Clock = systemClock
  ) {}

  push(text: string) {
    this.#waiting += text
    if (this.#callOff) return

    const waitMs = this.#sentAt + INTERVAL_MS - this.clock.now()
    if (waitMs <= 0) this.#send(wholeText(this.#waiting))
    else this.#callOff = this.clock.after(waitMs, () => this.#send(wholeText(this.#waiting)))
  }

  /** Sends what still waits. Call it when the text has ended, for whatever reason. */
  flush() {
    this.#send(this.#waiting)
  }

  #send(text: string) {
    this.#callOff?.()
    this.#callOff = null
    if (text === '') return

    this.#waiting = this.#waiting.slice(text.length)
    this.#sentAt = this.clock.now()
    // The row stores UTF-8, where half a pair becomes U+FFFD: the event must say the same.
    this.emit({ ...this.text, offset: this.#offset, text: text.toWellFormed() })
    this.#offset += text.length
  }
}

/** `text` without a trailing half of a surrogate pair, whose other half may still come. */
export function wholeText(text: string) {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
