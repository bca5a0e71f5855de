import { ref, watch } from 'vue'
import { usePage } from '@inertiajs/vue3'
import { type SharedProps } from '~/types'

interface Toast {
  id: number
  tone: 'success' | 'danger'
  text: string
}

/** What the server flashed turns into toasts, once per answer. */
export function useFlashToasts() {
  const page = usePage<SharedProps>()
  const toasts = ref<Toast[]>([])
  let lastId = 0

  function add(tone: Toast['tone'], text: string | undefined) {
    if (text) toasts.value.push({ id: ++lastId, tone, text })
  }

  function dismiss(id: number) {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  watch(
    () => page.props.flash,
    (flash) => {
      add('success', flash?.success)
      add('danger', flash?.error)
    },
    { immediate: true }
  )

  return { toasts, dismiss }
}
