import type { ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import type { RequestedHost } from '#services/tenancy/index'
import type { Channel } from './channels.ts'

/** Whose a stream is: the session that opened it, on which host, for which workspace. */
export type Visitor = {
  sessionHash: string
  userId: string
  tenantId: string
  host: RequestedHost
}

/**
 * What the server says about the stream itself. After `reconnect` the client asks for another one, and learns by
 * the answer if its access has ended; after `crowded` it steps back for a minute.
 */
export type StreamSignal = 'ready' | 'ping' | 'reconnect' | 'crowded'

/** The channel name under which a stream's own signals travel; no record can have it. */
export const SIGNAL_CHANNEL = '$stream'

const MAX_QUEUED_BYTES = 1024 * 1024 - 64 * 1024
const GOODBYE_MS = 1_000

/** One open stream of one browser tab. */
export class LiveStream {
  #lastWriteAt: number
  #closed = false
  #frame = ''

  constructor(
    readonly uid: string,
    readonly visitor: Visitor,
    readonly channels: Channel[],
    private messages: Transform,
    private response: ServerResponse,
    readonly openedAt: number
  ) {
    this.#lastWriteAt = openedAt
    this.#takeOver()
  }

  get closed() {
    return this.#closed || this.response.destroyed
  }

  signal(type: StreamSignal) {
    this.#write(`data: ${JSON.stringify({ channel: SIGNAL_CHANNEL, payload: { type } })}\n\n`)
  }

  pingWhenSilent(now: number, silenceMs: number) {
    if (now - this.#lastWriteAt < silenceMs) return
    this.#lastWriteAt = now
    this.signal('ping')
  }

  /** Says why, then ends. A reader that does not take the goodbye loses the line. */
  close(reason: StreamSignal) {
    if (this.closed) return
    this.signal(reason)
    this.#closed = true
    this.response.end()
    setTimeout(() => this.response.destroy(), GOODBYE_MS).unref()
  }

  onClose(listener: () => void) {
    this.response.once('close', listener)
  }

  /**
   * Transmit pipes its messages into the response, and a pipe holds back for a slow reader in a queue that
   * counts messages, not bytes. Written straight to the response, all that waits is counted in one place.
   */
  #takeOver() {
    this.messages.unpipe(this.response)
    this.messages.on('data', (chunk: string) => this.#collect(chunk))
    this.messages.resume()
    this.response.on('error', () => this.response.destroy())
    this.onClose(() => this.messages.destroy())
  }

  /** Transmit hands a message over in two pieces, the second being the empty line that ends it. */
  #collect(chunk: string) {
    this.#frame += chunk
    if (chunk !== '\n') return
    this.#write(this.#frame)
    this.#frame = ''
  }

  #write(frame: string) {
    if (this.closed) return
    if (this.response.writableLength + Buffer.byteLength(frame) > MAX_QUEUED_BYTES) {
      this.response.destroy()
      return
    }
    this.#lastWriteAt = Date.now()
    this.response.write(frame)
  }
}
