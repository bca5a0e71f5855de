import { onBeforeUnmount, shallowReactive, watch, type MaybeRefOrGetter } from 'vue'
import { useChannel } from '~/composables/use_live'
import { useReload } from '~/composables/use_reload'
import {
  applyDelta,
  applySnapshot,
  startCursor,
  type CursorStatus,
  type TextCursor,
  type TextDelta,
} from '~/lib/text_cursor'

type LiveMessage = {
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

/**
 * The growing texts of one discussion: what the page was given, plus what arrived since. Until the first event
 * it answers the props as they are, so that the server and the browser render the same.
 */
export function useLiveDiscussion(
  channel: MaybeRefOrGetter<string>,
  messages: () => readonly LiveMessage[]
) {
  const cursors = shallowReactive(new Map<string, TextCursor>())
  const { reload, stop } = useReload(['messages', 'discussion'])

  function onEvent(raw: { type: string }) {
    const event = raw as DiscussionEvent
    if ('offset' in event) return onText(event)
    const known = messages().find(({ id }) => id === event.id)
    if (event.type === 'discussion' || !known || event.version > known.version) reload()
  }

  function onText(event: Extract<DiscussionEvent, TextDelta>) {
    const message = messages().find(({ id }) => id === event.id)
    if (message && isFinished(message) && message.attempt >= event.attempt) return
    const { cursor, status } = applyDelta(cursorOf(event.type, event.id, message), event)
    keep(event.type, event.id, cursor, status)
  }

  function onSnapshot() {
    for (const message of messages()) {
      for (const kind of ['delta', 'reasoning'] as const) {
        if (isFinished(message)) cursors.delete(key(kind, message.id))
        else takeSnapshot(kind, message)
      }
    }
  }

  function takeSnapshot(kind: TextKind, message: LiveMessage) {
    const cursor = cursors.get(key(kind, message.id))
    if (!cursor) return
    const step = applySnapshot(cursor, message.attempt, storedText(kind, message))
    keep(kind, message.id, step.cursor, step.status)
  }

  function keep(kind: TextKind, id: string, cursor: TextCursor, status: CursorStatus) {
    cursors.set(key(kind, id), cursor)
    if (status === 'gap') reload(LAG_MS)
  }

  function cursorOf(kind: TextKind, id: string, message: LiveMessage | undefined) {
    const known = cursors.get(key(kind, id))
    if (known) return known
    return message ? startCursor(message.attempt, storedText(kind, message)) : startCursor()
  }

  function textOf(kind: TextKind, id: string) {
    const message = messages().find((candidate) => candidate.id === id)
    if (!message) return ''
    const cursor = isFinished(message) ? undefined : cursors.get(key(kind, id))
    return cursor && cursor.attempt >= message.attempt ? cursor.text : storedText(kind, message)
  }

  useChannel(channel, onEvent, reload)
  watch(messages, onSnapshot)
  onBeforeUnmount(stop)

  return {
    textOf: (id: string) => textOf('delta', id),
    reasoningOf: (id: string) => textOf('reasoning', id),
  }
}

function isFinished({ status }: LiveMessage) {
  return status !== 'queued' && status !== 'streaming'
}

function storedText(kind: TextKind, message: LiveMessage) {
  return kind === 'delta' ? message.content : message.reasoning
}

function key(kind: TextKind, id: string) {
  return `${kind}:${id}`
}
