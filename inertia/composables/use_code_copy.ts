import { onMounted, onUnmounted, type Ref } from 'vue'
import { copyText } from '~/composables/copy_text'

const SHOWN_MS = 2_000

/** Brings the copy buttons of rendered code to life: their markup carries no handlers. */
export function useCodeCopy(root: Readonly<Ref<HTMLElement | null>>) {
  async function onClick(event: MouseEvent) {
    if (!(event.target instanceof Element)) return
    const button = event.target.closest('[data-copy-code]')
    const code = button?.closest('.code-block')?.querySelector('code')
    if (!button || !code) return

    await copyText(code.textContent)
    button.textContent = 'Copied'
    setTimeout(() => (button.textContent = 'Copy'), SHOWN_MS)
  }

  let element: HTMLElement | null = null
  onMounted(() => {
    element = root.value
    element?.addEventListener('click', onClick)
  })
  onUnmounted(() => element?.removeEventListener('click', onClick))
}
