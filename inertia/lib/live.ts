import { backoffMs } from './backoff.js'
import { readLine, type LineEnd, type LineEvent } from './event_line.js'

/** `idle`: nothing to watch, or the tab is hidden. `retryAt` is on the clock of `LiveWorld.now`, in ms. */
export type LiveState =
  { name: 'idle' | 'connecting' | 'live' } | { name: 'reconnecting' | 'offline'; retryAt: number }

export type ChannelHandler = {
  onEvent: (event: LineEvent['payload']) => void
  /** The channel is being heard from now on; what happened before has to be read. */
  onReady: () => void
}

export type WorldSignal = 'visible' | 'hidden' | 'online' | 'offline'

/** The browser, as far as a connection needs it. */
export type LiveWorld = {
  fetch: Parameters<typeof readLine>[0]
  now: () => number
  random: () => number
  /** Calls `fn` after `delayMs`; the returned function calls it off. */
  after: (delayMs: number, fn: () => void) => () => void
  isVisible: () => boolean
  isOnline: () => boolean
  listen: (listener: (signal: WorldSignal) => void) => () => void
}

type Line = { channels: Set<string>; abort: AbortController; openedAt: number; ready: boolean }

type TimerName = 'settle' | 'retry' | 'hidden' | 'silence'

/** The channel under which the server speaks about the stream itself. */
const SIGNAL_CHANNEL = '$stream'

const SETTLE_MS = 30
const HIDDEN_MS = 30_000
const SILENCE_MS = 40_000
const STEP_BACK_MS = 60_000
const STEADY_MS = 5_000
const RENEW_MS = 500

/**
 * One stream of events for all channels anybody on the page watches. When the set changes, the new stream is
 * ready before the old one is given up. A lost line is reopened for ever.
 */
export class LiveConnection {
  state: LiveState = { name: 'idle' }

  #handlers = new Map<string, Set<ChannelHandler>>()
  #refused = new Set<string>()
  #line: Line | null = null
  #next: Line | null = null
  #failures = 0
  #paused = false
  #over = false
  #timers = new Map<TimerName, () => void>()
  #stopListening: () => void

  constructor(
    private url: string,
    private world: LiveWorld,
    private hooks: { onState: (state: LiveState) => void; onSessionOver: () => void }
  ) {
    this.#stopListening = world.listen((signal) => this.#onWorld(signal))
    if (!world.isVisible()) this.#onWorld('hidden')
  }

  /** Watches a channel until the returned function is called. */
  watch(channel: string, handler: ChannelHandler): () => void {
    const handlers = this.#handlers.get(channel) ?? new Set()
    this.#handlers.set(channel, handlers.add(handler))

    if (this.#line?.ready && this.#line.channels.has(channel)) handler.onReady()
    else this.#settle()

    return () => {
      handlers.delete(handler)
      if (handlers.size > 0 || this.#handlers.get(channel) !== handlers) return
      this.#handlers.delete(channel)
      this.#refused.delete(channel)
      this.#settle()
    }
  }

  retryNow() {
    if (this.state.name !== 'reconnecting' && this.state.name !== 'offline') return
    this.#open()
  }

  stop() {
    this.#over = true
    this.#stopListening()
    for (const callOff of this.#timers.values()) callOff()
    this.#hangUp()
  }

  /** Pages come and go by several channels at once: wait until the set rests. */
  #settle() {
    this.#schedule('settle', SETTLE_MS, () => {
      const wanted = this.#wanted()
      const current = this.#next ?? this.#line
      if (wanted.size === 0) return this.#rest()
      if (current ? !sameSet(wanted, current.channels) : !this.#timers.has('retry')) this.#open()
    })
  }

  #open() {
    this.#callOff('retry')
    this.#next?.abort.abort()
    const channels = this.#wanted()
    if (this.#over || this.#paused || channels.size === 0) return this.#rest()

    const line = {
      channels,
      abort: new AbortController(),
      openedAt: this.world.now(),
      ready: false,
    }
    this.#next = line
    if (!this.#line) this.#become({ name: 'connecting' })
    this.#heard()
    void this.#run(line)
  }

  async #run(line: Line) {
    const url = `${this.url}?channels=${[...line.channels].join(',')}`
    const end = await readLine(this.world.fetch, url, line.abort.signal, {
      onBytes: () => this.#heard(),
      onEvent: (event) => this.#onEvent(line, event),
    }).catch((): LineEnd => ({ kind: 'lost' }))

    if (this.#isCurrent(line)) this.#onEnd(line, end)
  }

  #onEvent(line: Line, { channel, payload }: LineEvent) {
    if (!this.#isCurrent(line)) return
    if (channel === SIGNAL_CHANNEL) return this.#onSignal(line, payload.type)
    for (const handler of this.#handlers.get(channel) ?? []) handler.onEvent(payload)
  }

  #onSignal(line: Line, type: string) {
    if (type === 'ready') this.#onReady(line)
    if (this.#isBeingReplaced(line)) return
    if (type === 'crowded') this.#giveUp(STEP_BACK_MS)
    if (type === 'reconnect') this.#renew(line)
  }

  #onReady(line: Line) {
    const before = this.#line
    line.ready = true
    this.#line = line
    this.#next = null
    before?.abort.abort()
    this.#become({ name: 'live' })

    for (const channel of line.channels) {
      if (before?.ready && before.channels.has(channel)) continue
      for (const handler of this.#handlers.get(channel) ?? []) handler.onReady()
    }
    if (!sameSet(this.#wanted(), line.channels)) this.#settle()
  }

  /**
   * The server ends each stream after a while, and when access to it has ended: the next answer tells. No failure,
   * unless it happens again and again. After signing out the page is gone before the pause is over.
   */
  #renew(line: Line) {
    if (!this.#wasSteady(line)) return this.#giveUp()
    this.#failures = 0
    this.#hangUp()
    this.#schedule('retry', RENEW_MS * (1 + this.world.random()), () => this.#open())
  }

  #onEnd(line: Line, end: LineEnd) {
    if (this.#isBeingReplaced(line)) {
      this.#line = null
      return
    }
    if (end.kind === 'refused') {
      if (end.status === 401 || end.status === 403) return this.#endSession()
      if (end.status === 404 && end.channels.length > 0) return this.#without(line, end.channels)
      return this.#giveUp(end.retryAfterMs)
    }
    if (line.ready && this.#wasSteady(line)) this.#failures = 0
    this.#giveUp()
  }

  /** Some of the channels do not exist any more: go on with the others. */
  #without(line: Line, channels: string[]) {
    if (line === this.#next) this.#next = null
    for (const channel of channels) this.#refused.add(channel)
    this.#open()
  }

  #giveUp(atLeastMs = 0) {
    this.#hangUp()
    const delayMs = Math.max(atLeastMs, backoffMs(this.#failures++, this.world.random))
    const retryAt = this.world.now() + delayMs
    this.#become({ name: this.world.isOnline() ? 'reconnecting' : 'offline', retryAt })
    this.#schedule('retry', delayMs, () => this.#open())
  }

  #endSession() {
    this.stop()
    this.#become({ name: 'idle' })
    this.hooks.onSessionOver()
  }

  #rest() {
    this.#callOff('retry')
    this.#hangUp()
    this.#become({ name: 'idle' })
  }

  #hangUp() {
    const lines = [this.#line, this.#next]
    this.#line = this.#next = null
    this.#callOff('silence')
    for (const line of lines) line?.abort.abort()
  }

  /** The server pings every 15 s; a line that says nothing for much longer is dead. */
  #heard() {
    this.#schedule('silence', SILENCE_MS, () => this.#giveUp())
  }

  #onWorld(signal: WorldSignal) {
    if (signal === 'hidden') {
      this.#schedule('hidden', HIDDEN_MS, () => {
        this.#paused = true
        this.#rest()
      })
    }
    if (signal === 'visible') {
      this.#callOff('hidden')
      this.#paused = false
      this.#resume()
    }
    if (signal === 'offline' && this.state.name !== 'idle') this.#giveUp()
    if (signal === 'online') this.#resume()
  }

  #resume() {
    this.#failures = 0
    if (!this.#line && !this.#next) this.#open()
  }

  #wanted() {
    return new Set(
      [...this.#handlers.keys()].filter((channel) => !this.#refused.has(channel)).sort()
    )
  }

  #isCurrent(line: Line) {
    return line === this.#line || line === this.#next
  }

  #isBeingReplaced(line: Line) {
    return line === this.#line && this.#next !== null
  }

  #wasSteady(line: Line) {
    return this.world.now() - line.openedAt >= STEADY_MS
  }

  #become(state: LiveState) {
    this.state = state
    this.hooks.onState(state)
  }

  #schedule(name: TimerName, delayMs: number, fn: () => void) {
    this.#callOff(name)
    const callOff = this.world.after(delayMs, () => {
      this.#timers.delete(name)
      fn()
    })
    this.#timers.set(name, callOff)
  }

  #callOff(name: TimerName) {
    this.#timers.get(name)?.()
    this.#timers.delete(name)
  }
}

function sameSet(a: Set<string>, b: Set<string>) {
  return a.size === b.size && [...a].every((value) => b.has(value))
}
