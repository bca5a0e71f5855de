import type { LiveWorld } from './live.js'
import {
  applyDelta,
  applySnapshot,
  startCursor,
  type CursorStatus,
  type TextCursor,
  type TextDelta,
} from './text_cursor.js'

/** A message as a page was given it. */
export type StoredMessage = {
  id: string
  status: string
  attempt: number
  version: number
  content: string
  reasoning: string
}

type TextKind = 'delta' | 'reasoning'

type DiscussionEvent =
  | ({ type: TextKind; id: string } & TextDelta)
  | { type: 'message' | 'discussion'; id: string; version: number }

/** The row trails the events by up to half a second: a snapshot read at once would come too early. */
const LAG_MS = 200

/** By then the row holds all that was said before the channel was heard. */
const TRAIL_MS = 600

/**
 * The growing texts of one discussion: what the page was given, plus what arrived since. Until the first event
 * it answers the stored texts as they are.
 */
export class GrowingTexts {
  #callOff: (() => void) | null = null

  /**
   * @param messages what the last snapshot said
   * @param reload asks for a snapshot, after a while if one is named; `onSnapshot` is called when it is there
   * @param cursors a map to keep the texts in, for those who watch it
   */
  constructor(
    private messages: () => readonly StoredMessage[],
    private reload: (delayMs?: number) => void,
    private after: LiveWorld['after'],
    private cursors = new Map<string, TextCursor>()
  ) {}

  /**
   * The channel is heard from now on. What was said just before may be in neither the row nor any event to come,
   * and a model that falls silent would leave it out of sight: so the row is read twice.
   */
  onReady() {
    this.reload()
    this.#callOff?.()
    this.#callOff = this.after(TRAIL_MS, () => {
      if (this.messages().some(({ status }) => status === 'streaming')) this.reload()
    })
  }

  stop() {
    this.#callOff?.()
  }

  onEvent(raw: { type: string }) {
    const event = raw as DiscussionEvent
    if ('offset' in event) return this.#onText(event)
    const known = this.#find(event.id)
    if (event.type === 'discussion' || !known || event.version > known.version) this.reload()
  }

  onSnapshot() {
    for (const message of this.messages()) {
      for (const kind of ['delta', 'reasoning'] as const) {
        if (isFinished(message)) this.cursors.delete(key(kind, message.id))
        else this.#takeSnapshot(kind, message)
      }
    }
  }

  textOf(id: string) {
    return this.#current('delta', id)
  }

  reasoningOf(id: string) {
    return this.#current('reasoning', id)
  }

  #onText(event: Extract<DiscussionEvent, TextDelta>) {
    const message = this.#find(event.id)
    if (message && isFinished(message) && message.attempt >= event.attempt) return
    const { cursor, status } = applyDelta(this.#cursorOf(event.type, event.id, message), event)
    this.#keep(event.type, event.id, cursor, status)
  }

  #takeSnapshot(kind: TextKind, message: StoredMessage) {
    const cursor = this.cursors.get(key(kind, message.id))
    if (!cursor) return
    const step = applySnapshot(cursor, message.attempt, storedText(kind, message))
    this.#keep(kind, message.id, step.cursor, step.status)
  }

  #keep(kind: TextKind, id: string, cursor: TextCursor, status: CursorStatus) {
    this.cursors.set(key(kind, id), cursor)
    if (status === 'gap') this.reload(LAG_MS)
  }

  #cursorOf(kind: TextKind, id: string, message: StoredMessage | undefined) {
    const known = this.cursors.get(key(kind, id))
    if (known) return known
    return message ? startCursor(message.attempt, storedText(kind, message)) : startCursor()
  }

  #current(kind: TextKind, id: string) {
    const message = this.#find(id)
    if (!message) return ''
    const cursor = isFinished(message) ? undefined : this.cursors.get(key(kind, id))
    return cursor && cursor.attempt >= message.attempt ? cursor.text : storedText(kind, message)
  }

  #find(id: string) {
    return this.messages().find((message) => message.id === id)
  }
}

/** Whether nothing more will be written into an answer. */
export function isFinished({ status }: Pick<StoredMessage, 'status'>) {
  return status !== 'queued' && status !== 'streaming'
}

function storedText(kind: TextKind, message: StoredMessage) {
  return kind === 'delta' ? message.content : message.reasoning
}

function key(kind: TextKind, id: string) {
  return `${kind}:${id}`
}
