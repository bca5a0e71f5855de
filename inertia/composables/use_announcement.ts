import { ref, watch } from 'vue'
import { type MessageStatus, type MessageView } from '~/types'

const ENDS: Partial<Record<MessageStatus, string>> = {
  complete: 'has answered',
  stopped: 'was stopped',
  interrupted: 'was cut off',
  failed: 'could not answer',
}

/** What a screen reader hears of answers: that one began and how it ended, not each word. */
export function useAnnouncement(messages: () => MessageView[]) {
  const words = ref('')
  const known = new Map(messages().map(({ id, status }) => [id, status]))

  watch(messages, (next) => {
    for (const { id, role, status, persona } of next) {
      const before = known.get(id)
      known.set(id, status)
      if (role !== 'assistant' || before === status) continue
      const name = persona?.name ?? 'The persona'
      if (status === 'streaming') words.value = `${name} begins to answer.`
      else if (ENDS[status] && before) words.value = `${name} ${ENDS[status]}.`
    }
  })

  return words
}
