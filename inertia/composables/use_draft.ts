import { computed, onMounted, ref } from 'vue'
import { useSession } from '~/composables/use_session'

const PREFIX = 'nyx:draft:'

/**
 * What somebody is writing, kept in this browser until it is sent. Written on assignment, not by a watcher: a page
 * that sends its last words is gone before its watchers run.
 */
export function useDraft(place: string) {
  const { user } = useSession()
  const key = `${PREFIX}${user.value?.id ?? ''}:${place}`
  const text = ref('')

  onMounted(() => {
    if (text.value === '') text.value = localStorage.getItem(key) ?? ''
  })

  return computed({
    get: () => text.value,
    set(next) {
      text.value = next
      if (next) localStorage.setItem(key, next)
      else localStorage.removeItem(key)
    },
  })
}

/** Whoever signs out leaves nothing of theirs in the browser. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  }
}
