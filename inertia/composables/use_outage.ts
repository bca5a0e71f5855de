import { onUnmounted, ref, watch } from 'vue'
import { useConnection } from '~/composables/use_live'

const PATIENCE_MS = 5_000

/** True once the line has been down for five seconds: shorter gaps are nobody's business. */
export function useOutage() {
  const { state, retryNow } = useConnection()
  const lasting = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(state, (name) => {
    if (name === 'live' || name === 'idle') {
      clearTimeout(timer)
      timer = undefined
      lasting.value = false
    } else if (name === 'reconnecting' || name === 'offline') {
      timer ??= setTimeout(() => (lasting.value = true), PATIENCE_MS)
    }
  })
  onUnmounted(() => clearTimeout(timer))

  return { lasting, state, retryNow }
}
