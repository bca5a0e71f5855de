import { test } from '@japa/runner'
import { LiveConnection, type LiveState, type LiveWorld, type WorldSignal } from '#inertia/lib/live'

const A = 't/1/discussion/a'
const B = 't/1/discussion/b'

test.group('Live connection', () => {
  test('opens one stream for all that is watched, each channel once', async ({ assert }) => {
    const { live, world } = setup()

    live.watch(B, handler())
    live.watch(A, handler())
    live.watch(A, handler())
    await world.pass(30)

    assert.deepEqual(
      world.requests.map(({ url }) => url),
      [`/events?channels=${A},${B}`]
    )
    assert.equal(live.state.name, 'connecting')
  })

  test('is live once the server is ready, and hands events to their watchers', async ({
    assert,
  }) => {
    const { live, world, states } = setup()
    const a = handler()
    const b = handler()
    live.watch(A, a)
    live.watch(B, b)
    await world.pass(30)

    await world.last.signal('ready')
    await world.last.send(A, { type: 'message', id: 'm', version: 2 })

    assert.deepEqual(states, ['connecting', 'live'])
    assert.deepEqual([a.readies, b.readies], [1, 1])
    assert.deepEqual(a.events, [{ type: 'message', id: 'm', version: 2 }])
    assert.deepEqual(b.events, [])
  })

  test('an event cut in two on its way, inside a character, arrives whole', async ({ assert }) => {
    const { live, world } = setup()
    const a = handler()
    live.watch(A, a)
    await world.pass(30)
    await world.last.signal('ready')

    const bytes = new TextEncoder().encode(frame(A, { type: 'delta', text: '🌙' }))
    const cut = bytes.indexOf(0xf0) + 2
    await world.last.bytes(bytes.slice(0, cut))
    await world.last.bytes(bytes.slice(cut))

    assert.deepEqual(a.events, [{ type: 'delta', text: '🌙' }])
  })

  test('gives the old stream up when the new set is ready, not before', async ({ assert }) => {
    const { live, world, states } = setup()
    const a = handler()
    const b = handler()
    live.watch(A, a)
    await world.pass(30)
    await world.last.signal('ready')
    const old = world.last

    live.watch(B, b)
    await world.pass(30)
    await old.send(A, { type: 'kept' })
    assert.isFalse(old.aborted)
    await world.last.signal('ready')

    assert.isTrue(old.aborted)
    assert.deepEqual(a.events, [{ type: 'kept' }])
    assert.deepEqual([a.readies, b.readies], [1, 1])
    assert.deepEqual(states, ['connecting', 'live', 'live'])
  })

  test('an old stream that ends while it is being replaced is no loss', async ({ assert }) => {
    const { live, world, states } = setup()
    const a = handler()
    live.watch(A, a)
    await world.pass(30)
    await world.last.signal('ready')
    const old = world.last
    live.watch(B, handler())
    await world.pass(30)

    await old.signal('crowded')
    await old.end()
    await world.last.signal('ready')

    assert.deepEqual(states, ['connecting', 'live', 'live'])
    assert.lengthOf(world.requests, 2)
    assert.equal(a.readies, 2)
  })

  test('a watcher that joins a live channel is ready at once', async ({ assert }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')

    const late = handler()
    live.watch(A, late)
    await world.pass(30)

    assert.equal(late.readies, 1)
    assert.lengthOf(world.requests, 1)
  })

  test('rests when nobody watches any more', async ({ assert }) => {
    const { live, world } = setup()
    const leave = live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')

    leave()
    await world.pass(30)

    assert.isTrue(world.last.aborted)
    assert.equal(live.state.name, 'idle')
  })

  test('a lost line is tried again for ever, later and later, at most 15 s apart', async ({
    assert,
  }) => {
    const { live, world } = setup({ random: 1 })
    live.watch(A, handler())
    await world.pass(30)

    const waits: number[] = []
    for (let round = 0; round < 12; round++) {
      await world.last.end()
      assert.equal(live.state.name, 'reconnecting')
      const waitMs = 'retryAt' in live.state ? live.state.retryAt - world.now() : Number.NaN
      waits.push(waitMs)
      await world.pass(waitMs)
    }

    assert.deepEqual(waits.slice(0, 7), [500, 1000, 2000, 4000, 8000, 15_000, 15_000])
    assert.lengthOf(world.requests, 13)
  })

  test('back again, it is ready anew, so that the page reads what it missed', async ({
    assert,
  }) => {
    const { live, world } = setup()
    const a = handler()
    live.watch(A, a)
    await world.pass(30)
    await world.last.signal('ready')

    await world.last.end()
    await world.pass(500)
    await world.last.signal('ready')

    assert.equal(a.readies, 2)
    assert.equal(live.state.name, 'live')
  })

  test('a line that says nothing for 40 s counts as lost', async ({ assert }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')
    await world.pass(30_000)
    await world.last.signal('ping')

    await world.pass(39_000)
    assert.equal(live.state.name, 'live')
    await world.pass(1_000)

    assert.equal(live.state.name, 'reconnecting')
  })

  test('the regular renewal is no error', async ({ assert }) => {
    const { live, world, states } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')
    await world.pass(20_000)

    await world.last.signal('reconnect')
    await world.last.end()
    await world.pass(1_000)

    assert.lengthOf(world.requests, 2)
    assert.notInclude(states, 'reconnecting')
  })

  test('a server that renews at once, again and again, is given time', async ({ assert }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')

    await world.last.signal('reconnect')

    assert.equal(live.state.name, 'reconnecting')
  })

  test('a hidden tab closes after 30 s and comes back as soon as it is seen', async ({
    assert,
  }) => {
    const { live, world } = setup()
    const a = handler()
    live.watch(A, a)
    await world.pass(30)
    await world.last.signal('ready')

    world.tell('hidden')
    await world.pass(29_000)
    assert.isFalse(world.last.aborted)
    await world.pass(1_000)
    assert.isTrue(world.last.aborted)
    world.tell('visible')
    await world.last.signal('ready')

    assert.lengthOf(world.requests, 2)
    assert.equal(a.readies, 2)
  })

  test('a short look elsewhere changes nothing', async ({ assert }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')

    world.tell('hidden')
    await world.pass(10_000)
    world.tell('visible')
    await world.pass(25_000)

    assert.isFalse(world.last.aborted)
  })

  test('says offline, keeps trying, and returns at once with the network', async ({ assert }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')

    world.online = false
    world.tell('offline')
    assert.equal(live.state.name, 'offline')
    await world.pass(500)
    await world.last.fail()
    assert.equal(live.state.name, 'offline')
    world.online = true
    world.tell('online')
    await world.last.signal('ready')

    assert.equal(live.state.name, 'live')
  })

  test('an answer of {$self} is the end of the session: the page is told, nothing is tried again')
    .with([401, 403])
    .run(async ({ assert }, status) => {
      const { live, world, over } = setup()
      live.watch(A, handler())
      await world.pass(30)

      await world.last.refuse(status)
      await world.pass(60_000)

      assert.equal(over.times, 1)
      assert.lengthOf(world.requests, 1)
    })

  test('signed out elsewhere, the page is told once the server refuses the next stream', async ({
    assert,
  }) => {
    const { live, world, over } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')
    await world.pass(20_000)

    await world.last.signal('reconnect')
    await world.pass(1_000)
    await world.last.refuse(401)

    assert.equal(over.times, 1)
  })

  test('signed out here, the page leaves before anything is tried again', async ({ assert }) => {
    const { live, world, over } = setup()
    const leave = live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')
    await world.pass(20_000)

    await world.last.signal('reconnect')
    leave()
    await world.pass(60_000)

    assert.lengthOf(world.requests, 1)
    assert.equal(over.times, 0)
  })

  test('a channel that does not exist is left out, the others go on', async ({ assert }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    live.watch(B, handler())
    await world.pass(30)

    await world.last.refuse(404, { channels: [A] })

    assert.deepEqual(world.requests.map(({ url }) => url).slice(1), [`/events?channels=${B}`])
  })

  test('a crowded server is left alone for a minute, or until the tab is looked at', async ({
    assert,
  }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')

    await world.last.signal('crowded')
    await world.pass(59_000)
    assert.lengthOf(world.requests, 1)
    world.tell('visible')
    await world.settled()

    assert.lengthOf(world.requests, 2)
  })

  test('stopped, it leaves no line and no timer', async ({ assert }) => {
    const { live, world } = setup()
    live.watch(A, handler())
    await world.pass(30)
    await world.last.signal('ready')

    live.stop()
    await world.pass(100_000)

    assert.isTrue(world.last.aborted)
    assert.lengthOf(world.requests, 1)
  })
})

function setup(options: { random?: number } = {}) {
  const world = new HandWorld(options.random ?? 0.5)
  const states: LiveState['name'][] = []
  const over = { times: 0 }
  const live = new LiveConnection('/events', world, {
    onState: ({ name }) => states.push(name),
    onSessionOver: () => over.times++,
  })
  return { live, world, states, over }
}

function handler() {
  return {
    events: [] as unknown[],
    readies: 0,
    onEvent(event: unknown) {
      this.events.push(event)
    },
    onReady() {
      this.readies++
    },
  }
}

function frame(channel: string, payload: object) {
  return `data: ${JSON.stringify({ channel, payload })}\n\n`
}

/** A browser whose clock and network are moved by hand. Only fetch is played; streams and parsing are real. */
class HandWorld implements LiveWorld {
  online = true
  requests: Exchange[] = []
  #now = 0
  #due: { at: number; fn: () => void }[] = []
  #listener: (signal: WorldSignal) => void = () => {}

  constructor(private chance: number) {}

  get last() {
    return this.requests[this.requests.length - 1]
  }

  now = () => this.#now
  random = () => this.chance
  isVisible = () => true
  isOnline = () => this.online
  tell = (signal: WorldSignal) => this.#listener(signal)
  settled = settled

  fetch: LiveWorld['fetch'] = (url, { signal }) => {
    const exchange = new Exchange(url, signal)
    this.requests.push(exchange)
    return exchange.response
  }

  after = (delayMs: number, fn: () => void) => {
    const entry = { at: this.#now + delayMs, fn }
    this.#due.push(entry)
    return () => {
      this.#due = this.#due.filter((other) => other !== entry)
    }
  }

  listen = (listener: (signal: WorldSignal) => void) => {
    this.#listener = listener
    return () => {
      this.#listener = () => {}
    }
  }

  async pass(ms: number) {
    const end = this.#now + ms
    for (let entry = this.#nextUntil(end); entry; entry = this.#nextUntil(end)) {
      this.#due = this.#due.filter((other) => other !== entry)
      this.#now = entry.at
      entry.fn()
      await settled()
    }
    this.#now = end
    await settled()
  }

  #nextUntil(end: number) {
    return this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
  }
}

class Exchange {
  aborted = false
  response: Promise<Response>
  #answer = Promise.withResolvers<Response>()
  #body: WritableStreamDefaultWriter<Uint8Array> | null = null

  constructor(
    readonly url: string,
    signal: AbortSignal
  ) {
    this.response = this.#answer.promise
    signal.addEventListener('abort', () => {
      this.aborted = true
      this.#answer.reject(signal.reason)
      void this.#body?.abort(signal.reason)
    })
  }

  signal(type: string) {
    return this.send('$stream', { type })
  }

  send(channel: string, payload: object) {
    return this.bytes(new TextEncoder().encode(frame(channel, payload)))
  }

  async bytes(bytes: Uint8Array) {
    void this.#open().write(bytes)
    await settled()
  }

  async end() {
    if (!this.aborted) void this.#open().close()
    await settled()
  }

  async fail() {
    this.#answer.reject(new TypeError('Failed to fetch'))
    await settled()
  }

  async refuse(status: number, body: object = {}) {
    this.#answer.resolve(Response.json(body, { status }))
    await settled()
  }

  #open() {
    this.#body ??= this.#begin()
    return this.#body
  }

  #begin() {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const headers = { 'content-type': 'text/event-stream' }
    this.#answer.resolve(new Response(readable, { headers }))
    return writable.getWriter()
  }
}

/** Lets every pending promise of the connection run. */
function settled() {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
