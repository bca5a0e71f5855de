import { GrowingTexts, type StoredMessage } from '#inertia/lib/growing_texts'
import { LiveConnection, type LiveWorld } from '#inertia/lib/live'
import { ReloadGate } from '#inertia/lib/reload_gate'
import type { Visitor } from '#tests/support/visitor'
import { HOST } from './people.ts'
import { now } from './script.ts'

const ONLY = ['messages', 'discussion']

/** One tab with a discussion open, on the code that the browser runs, without the drawing. */
export class Tab {
  /** Requests for a snapshot after the page itself. */
  snapshots = 0
  ready = false
  #messages: StoredMessage[] = []
  #page: { component: string; version: string; channel: string; news: string } | null = null
  #live: LiveConnection | null = null
  #gate: ReloadGate
  #texts: GrowingTexts
  #closed = false

  constructor(
    private visitor: Visitor,
    private path: string,
    private hooks: { onDelta?: (text: string, at: number) => void } = {}
  ) {
    this.#gate = new ReloadGate((onEnd) => void this.#read().then(onEnd, () => onEnd(false)), after)
    this.#texts = new GrowingTexts(
      () => this.#messages,
      (delayMs) => this.#gate.ask(delayMs),
      after
    )
  }

  /** Loads the page and opens its stream. */
  async open() {
    const { component, version, props } = (await this.visitor.get(this.path)).page()
    if (this.#closed) return
    const { workspace, discussion, messages } = props
    const news = `t/${workspace.id}/discussions/${workspace.id}`
    this.#page = { component, version, channel: discussion.channel, news }
    this.#messages = messages
    this.#connect()
  }

  close() {
    this.#closed = true
    this.#live?.stop()
    this.#texts.stop()
    this.#gate.stop()
  }

  get status() {
    return this.#answer?.status ?? 'unknown'
  }

  get text() {
    return this.#answer ? this.#texts.textOf(this.#answer.id) : ''
  }

  get #answer() {
    return this.#messages.at(-1)
  }

  #connect() {
    if (!this.#page) return
    const { cookies } = this.visitor
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const origin = `http://${HOST}:${process.env.PORT}`
    const fetchAs: LiveWorld['fetch'] = (url, init) =>
      fetch(`${origin}${url}`, { ...init, headers: { ...init.headers, cookie } })
    this.#live = new LiveConnection('/events', worldOf(fetchAs), {
      onState: () => {},
      onSessionOver: () => {},
    })
    this.#live.watch(this.#page.news, { onEvent: () => {}, onReady: () => {} })
    this.#live.watch(this.#page.channel, {
      onEvent: (event) => this.#onEvent(event),
      onReady: () => {
        this.ready = true
        this.#texts.onReady()
      },
    })
  }

  #onEvent(event: { type: string; text?: string }) {
    const at = now()
    if (event.type === 'delta') this.hooks.onDelta?.(event.text ?? '', at)
    this.#texts.onEvent(event)
  }

  async #read() {
    if (!this.#page) return false
    this.snapshots++
    const { component, version } = this.#page
    const reply = await this.visitor.get(this.path, {
      headers: {
        'x-inertia': 'true',
        'x-inertia-version': version,
        'x-inertia-partial-component': component,
        'x-inertia-partial-data': ONLY.join(),
      },
    })
    if (reply.status !== 200) return false
    if (this.#closed) return true
    this.#messages = reply.page().props.messages
    this.#texts.onSnapshot()
    return true
  }
}

function worldOf(fetchAs: LiveWorld['fetch']): LiveWorld {
  return {
    fetch: fetchAs,
    now: () => Date.now(),
    random: () => Math.random(),
    after,
    isVisible: () => true,
    isOnline: () => true,
    listen: () => () => {},
  }
}

function after(delayMs: number, fn: () => void) {
  const timer = setTimeout(fn, delayMs)
  return () => clearTimeout(timer)
}
