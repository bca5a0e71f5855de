import { onBeforeUnmount, shallowReactive, watch, type MaybeRefOrGetter } from 'vue'
import { after, useChannel } from '~/composables/use_live'
import { useReload } from '~/composables/use_reload'
import { GrowingTexts, type StoredMessage } from '~/lib/growing_texts'
import { type TextCursor } from '~/lib/text_cursor'

/**
 * The growing texts of one discussion. Until the first event it answers the props as they are, so that the
 * server and the browser render the same.
 */
export function useLiveDiscussion(
  channel: MaybeRefOrGetter<string>,
  messages: () => readonly StoredMessage[]
) {
  const { reload, stop } = useReload(['messages', 'earlier', 'beyond', 'discussion', 'sums'], () =>
    texts.onSnapshot()
  )
  const cursors = shallowReactive(new Map<string, TextCursor>())
  const texts = new GrowingTexts(messages, reload, after, cursors)

  useChannel(
    channel,
    (event) => texts.onEvent(event),
    () => texts.onReady()
  )
  watch(messages, () => texts.onSnapshot())
  onBeforeUnmount(() => {
    texts.stop()
    stop()
  })

  return {
    textOf: (id: string) => texts.textOf(id),
    reasoningOf: (id: string) => texts.reasoningOf(id),
  }
}
