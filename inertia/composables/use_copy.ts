import { onUnmounted, ref } from 'vue'
import { copyText } from '~/composables/copy_text'

const SHOWN_MS = 2_000

/** Copies a text and says so for two seconds. */
export function useCopy() {
  const copied = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function copy(text: string) {
    await copyText(text)
    copied.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (copied.value = false), SHOWN_MS)
  }

  onUnmounted(() => clearTimeout(timer))
  return { copied, copy }
}
