import {
  computed,
  inject,
  onBeforeUnmount,
  onMounted,
  shallowRef,
  toValue,
  watch,
  type App,
  type InjectionKey,
  type MaybeRefOrGetter,
  type ShallowRef,
} from 'vue'
import {
  LiveConnection,
  type ChannelHandler,
  type LiveState,
  type LiveWorld,
  type WorldSignal,
} from '~/lib/live'

type Live = {
  connection: LiveConnection | null
  state: ShallowRef<LiveState>
  now: ShallowRef<number>
}

const liveKey: InjectionKey<Live> = Symbol('live')
const RELOAD_MARK = 'nyx:reloaded-at'
const RELOAD_PAUSE_MS = 60_000

/** Vue plugin: one connection for each app. On the server there is none, and its state stays `idle`. */
export function createLive() {
  const state = shallowRef<LiveState>({ name: 'idle' })
  const now = shallowRef(0)

  return {
    install(app: App) {
      app.provide(liveKey, {
        connection: import.meta.env.SSR ? null : connect(state, now),
        state,
        now,
      })
    },
  }
}

/** How the connection is, for the person in front of it. */
export function useConnection() {
  const { connection, state, now } = useLive()
  return {
    state: computed(() => state.value.name),
    /** Whole seconds until the next try, null when none is waiting. */
    retryInSeconds: computed(() =>
      'retryAt' in state.value
        ? Math.max(0, Math.ceil((state.value.retryAt - now.value) / 1000))
        : null
    ),
    retryNow: () => connection?.retryNow(),
  }
}

/** Follows a channel while the component is mounted. `onReady` means: read what was before. */
export function useChannel(
  channel: MaybeRefOrGetter<string>,
  onEvent: ChannelHandler['onEvent'],
  onReady: ChannelHandler['onReady'] = () => {}
) {
  const { connection } = useLive()
  let leave: (() => void) | undefined

  function follow(name: string) {
    leave?.()
    leave = connection?.watch(name, { onEvent, onReady })
  }

  onMounted(() => follow(toValue(channel)))
  watch(() => toValue(channel), follow)
  onBeforeUnmount(() => leave?.())
}

function useLive() {
  const live = inject(liveKey)
  if (!live) throw new Error('Install createLive() on the app first.')
  return live
}

function connect(state: Live['state'], now: Live['now']) {
  let ticking: number | undefined

  return new LiveConnection('/events', browserWorld(), {
    onState(next) {
      state.value = next
      now.value = Date.now()
      window.clearInterval(ticking)
      if ('retryAt' in next) ticking = window.setInterval(() => (now.value = Date.now()), 500)
    },
    onSessionOver: reloadOnce,
  })
}

/** The page knows where to go without a session. Not twice in a row, in case it does not. */
function reloadOnce() {
  const last = Number(sessionStorage.getItem(RELOAD_MARK) ?? 0)
  if (Date.now() - last < RELOAD_PAUSE_MS) return
  sessionStorage.setItem(RELOAD_MARK, String(Date.now()))
  window.location.reload()
}

function browserWorld(): LiveWorld {
  return {
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    random: () => Math.random(),
    after,
    isVisible: () => document.visibilityState === 'visible',
    isOnline: () => navigator.onLine,
    listen: listenToBrowser,
  }
}

/** Calls `fn` after `delayMs`; the returned function calls it off. */
export function after(delayMs: number, fn: () => void) {
  const timer = setTimeout(fn, delayMs)
  return () => clearTimeout(timer)
}

function listenToBrowser(listener: (signal: WorldSignal) => void) {
  const stop = new AbortController()
  const options = { signal: stop.signal }
  const tell = (signal: WorldSignal) => () => listener(signal)

  document.addEventListener(
    'visibilitychange',
    () => listener(document.visibilityState === 'visible' ? 'visible' : 'hidden'),
    options
  )
  window.addEventListener('focus', tell('visible'), options)
  window.addEventListener('online', tell('online'), options)
  window.addEventListener('offline', tell('offline'), options)
  return () => stop.abort()
}
