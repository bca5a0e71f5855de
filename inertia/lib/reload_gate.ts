import type { LiveWorld } from './live.js'

const RETRY_MS = 2_000

/**
 * Reads anew, one request at a time: asked again meanwhile, it goes once more afterwards. A request that failed
 * is repeated after two seconds.
 */
export class ReloadGate {
  #inFlight = false
  #askedAgain: number | null = null
  #stopped = false
  #callOff: (() => void) | null = null

  /** `send` makes the request, and says at its end whether the answer arrived. */
  constructor(
    private send: (onEnd: (arrived: boolean) => void) => void,
    private after: LiveWorld['after']
  ) {}

  ask(delayMs = 0) {
    if (this.#stopped) return
    if (this.#inFlight) {
      this.#askedAgain = Math.min(this.#askedAgain ?? delayMs, delayMs)
      return
    }
    if (delayMs > 0) this.#callOff ??= this.after(delayMs, () => this.#go())
    else this.#go()
  }

  stop() {
    this.#stopped = true
    this.#callOff?.()
  }

  #go() {
    this.#callOff?.()
    this.#callOff = null
    this.#inFlight = true
    this.#askedAgain = null
    this.send((arrived) => {
      this.#inFlight = false
      if (!arrived) this.ask(RETRY_MS)
      else if (this.#askedAgain !== null) this.ask(this.#askedAgain)
    })
  }
}
