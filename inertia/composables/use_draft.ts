import { onMounted, ref, watch } from 'vue'
import { useSession } from '~/composables/use_session'

const PREFIX = 'nyx:draft:'

/** What somebody is writing, kept in this browser until it is sent. */
export function useDraft(place: string) {
  const { user } = useSession()
  const key = `${PREFIX}${user.value?.id ?? ''}:${place}`
  const draft = ref('')

  onMounted(() => {
    if (draft.value === '') draft.value = localStorage.getItem(key) ?? ''
  })
  watch(draft, (text) => {
    if (text) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
  })

  return draft
}

/** Whoever signs out leaves nothing of theirs in the browser. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  }
}
