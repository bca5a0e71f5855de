import { inject, onMounted, onUnmounted, provide, ref, type InjectionKey, type Ref } from 'vue'

const NOW: InjectionKey<Ref<number>> = Symbol('now')
const TICK_MS = 5_000

/** One clock for all times of a page: 0 on the server and until mounted, so both write the same. */
export function provideNow(): void {
  const now = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => (now.value = Date.now())

  onMounted(() => {
    tick()
    timer = setInterval(tick, TICK_MS)
  })
  onUnmounted(() => clearInterval(timer))
  provide(NOW, now)
}

export function useNow(): Ref<number> {
  return inject(NOW, () => ref(0), true)
}
