import type { Channel } from './channels.ts'
import type { LiveStream, StreamSignal, Visitor } from './live_stream.ts'

export type StreamFilter = { sessionHash?: string; userId?: string; tenantId?: string }

/** Answers whether the session still stands for this person in this workspace. */
export type StillAllowed = (visitor: Visitor) => Promise<boolean>

type Checks = {
  stillAllowed: StillAllowed
  refused: (claim: { tenantId: string; userId: string }, channels: Channel[]) => Promise<string[]>
  onError: (error: unknown) => void
}

export const STREAM_LIMITS = {
  perUser: 6,
  lifetimeMs: 15 * 60_000,
  sweepMs: 3_000,
  /** A sweep late, a ping still comes within 15 s of silence. */
  pingAfterMs: 12_000,
}

/** The open streams of this process. Every 3 s it asks again whether each may stay open. */
export class StreamRegistry {
  #streams = new Map<string, LiveStream>()
  #timer: NodeJS.Timeout | null = null
  #sweeping = false

  constructor(
    private checks: Checks,
    private limits = STREAM_LIMITS
  ) {}

  get size() {
    return this.#streams.size
  }

  /**
   * Above the limit the person's oldest stream steps back, not the newest: the oldest is the likeliest to
   * belong to a device that vanished, and refusing the newest would lock its owner out until that is noticed.
   */
  add(stream: LiveStream) {
    const own = [...this.#streams.values()].filter(
      (s) => s.visitor.userId === stream.visitor.userId
    )
    const surplus = own.length + 1 - this.limits.perUser
    for (const oldest of own.slice(0, Math.max(0, surplus))) this.#end(oldest, 'crowded')

    this.#streams.set(stream.uid, stream)
    stream.onClose(() => this.#forget(stream))
    this.#timer ??= setInterval(() => void this.sweep(Date.now()), this.limits.sweepMs)
  }

  /** Ends every stream that matches all given fields; without fields, every stream. */
  close(filter: StreamFilter) {
    for (const stream of this.#streams.values())
      if (matches(stream.visitor, filter)) this.#end(stream, 'reconnect')
  }

  /** One round over all streams: age, session, channels, ping. A check that fails counts as a no. */
  async sweep(now: number) {
    if (this.#sweeping) return
    this.#sweeping = true

    for (const stream of [...this.#streams.values()]) {
      if (await this.#mayStay(stream, now)) stream.pingWhenSilent(now, this.limits.pingAfterMs)
      else this.#end(stream, 'reconnect')
    }

    this.#sweeping = false
  }

  async #mayStay(stream: LiveStream, now: number) {
    if (now - stream.openedAt >= this.limits.lifetimeMs - this.limits.sweepMs) return false

    try {
      if (!(await this.checks.stillAllowed(stream.visitor))) return false
      const refused = await this.checks.refused(stream.visitor, stream.channels)
      return refused.length === 0
    } catch (error) {
      this.checks.onError(error)
      return false
    }
  }

  #end(stream: LiveStream, reason: StreamSignal) {
    stream.close(reason)
    this.#forget(stream)
  }

  #forget(stream: LiveStream) {
    this.#streams.delete(stream.uid)
    if (this.#streams.size > 0 || !this.#timer) return
    clearInterval(this.#timer)
    this.#timer = null
  }
}

function matches(visitor: Visitor, filter: StreamFilter) {
  return (
    (filter.sessionHash === undefined || filter.sessionHash === visitor.sessionHash) &&
    (filter.userId === undefined || filter.userId === visitor.userId) &&
    (filter.tenantId === undefined || filter.tenantId === visitor.tenantId)
  )
}
