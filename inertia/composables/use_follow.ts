import { onMounted, onUnmounted, ref, type Ref } from 'vue'

const NEAR_END_PX = 48

/** Keeps a scroller at its end while it grows, but only for a reader who is there already. */
export function useFollow(scroller: Readonly<Ref<HTMLElement | null>>) {
  const atEnd = ref(true)
  let observer: ResizeObserver | undefined

  function toEnd() {
    const box = scroller.value
    if (!box) return
    box.scrollTop = box.scrollHeight
    atEnd.value = true
  }

  function onScroll() {
    const box = scroller.value
    if (!box) return
    atEnd.value = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX
  }

  onMounted(() => {
    toEnd()
    observer = new ResizeObserver(() => atEnd.value && toEnd())
    const content = scroller.value?.firstElementChild
    if (content) observer.observe(content)
    if (scroller.value) observer.observe(scroller.value)
  })
  onUnmounted(() => observer?.disconnect())

  return { atEnd, toEnd, onScroll }
}
