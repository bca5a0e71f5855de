import { nextTick, ref, type Ref } from 'vue'
import { router } from '@inertiajs/vue3'

/** Shows more of what was said before, without moving what is being read. `earlier` is where the next page begins. */
export function useEarlier(
  scroller: Readonly<Ref<HTMLElement | null>>,
  earlier: () => string | null
) {
  const loading = ref(false)

  function showEarlier() {
    const from = earlier()
    const box = scroller.value
    if (!from || !box) return
    const toEnd = box.scrollHeight - box.scrollTop
    router.reload({
      data: { from },
      only: ['messages', 'earlier', 'beyond'],
      onStart: () => (loading.value = true),
      onSuccess: () => void nextTick(() => (box.scrollTop = box.scrollHeight - toEnd)),
      onFinish: () => (loading.value = false),
    })
  }

  return { loading, showEarlier }
}
