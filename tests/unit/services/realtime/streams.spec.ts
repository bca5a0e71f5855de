import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from '@japa/runner'
import transmit from '@adonisjs/transmit/services/main'
import { CHANNEL, RECORD, TENANT, listen, makeRegistry, serve } from './support.ts'

test.group('Live stream', () => {
  test('hands over what is broadcast on its channel, in order, and nothing else', async (t) => {
    const { registry } = makeRegistry()
    const { url } = await serve(t, registry)
    const tab = await listen(t, url)

    transmit.broadcast(`t/${TENANT}/discussion/${TENANT}`, { type: 'elsewhere' })
    for (let n = 0; n < 100; n++) transmit.broadcast(CHANNEL, { type: `event ${n}`, text: 'a\nb' })
    await tab.until(({ payload }) => payload.type === 'event 99')

    t.assert.deepEqual(tab.types(), [
      'ready',
      ...Array.from({ length: 100 }, (_, n) => `event ${n}`),
    ])
  })

  test('is neither stored nor held back on its way', async (t) => {
    const { registry } = makeRegistry()
    const { url } = await serve(t, registry)

    const response = await fetch(url)
    await response.body?.cancel()

    t.assert.match(response.headers.get('cache-control') ?? '', /no-store/)
    t.assert.equal(response.headers.get('x-accel-buffering'), 'no')
    t.assert.equal(response.headers.get('content-type'), 'text/event-stream')
  })

  test('a reader that does not read is cut before 1 MiB waits for it; others go on', async (t) => {
    const { registry } = makeRegistry()
    const { url, port, opened } = await serve(t, registry)
    const reader = await listen(t, `${url}?user=reader`)
    const idler = connect(port, '127.0.0.1')
    t.cleanup(() => void idler.destroy())
    idler.write('GET /?user=idler HTTP/1.1\r\nHost: localhost\r\n\r\n')
    idler.pause()
    while (opened.length < 2) await new Promise((resolve) => setImmediate(resolve))
    const { response } = opened[1]

    let most = 0
    for (let n = 0; n < 40_000 && !response.destroyed; n++) {
      transmit.broadcast(CHANNEL, { type: 'noise', text: 'x'.repeat(1_000) })
      most = Math.max(most, response.writableLength)
      if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    transmit.broadcast(CHANNEL, { type: 'last' })
    await reader.until(({ payload }) => payload.type === 'last')

    t.assert.isTrue(response.destroyed)
    t.assert.isBelow(most, 1024 * 1024)
    t.assert.equal(registry.size, 1)
    t.assert.lengthOf(transmit.getSubscribersFor(CHANNEL), 1)
  })

  test('a burst within one tick is counted too', async (t) => {
    const { registry } = makeRegistry()
    const { url, opened } = await serve(t, registry)
    const tab = await listen(t, url)

    for (let n = 0; n < 3_000; n++)
      transmit.broadcast(CHANNEL, { type: 'noise', text: 'x'.repeat(1_000) })
    await tab.ended

    t.assert.isTrue(opened[0].response.destroyed)
  })

  test('a tab that leaves is forgotten', async (t) => {
    const { registry } = makeRegistry()
    const { url, opened } = await serve(t, registry)
    const tab = await listen(t, url)

    const closed = once(opened[0].response, 'close')
    tab.leave()
    await closed

    t.assert.equal(registry.size, 0)
    t.assert.lengthOf(transmit.getSubscribersFor(CHANNEL), 0)
  })
})

test.group('Stream registry', () => {
  test("the seventh stream of a person makes that person's oldest step back", async (t) => {
    const { registry } = makeRegistry()
    const { url } = await serve(t, registry)
    const other = await listen(t, `${url}?user=grace`)
    const tabs = []

    for (let n = 0; n < 7; n++) tabs.push(await listen(t, url))
    await tabs[0].ended

    t.assert.deepEqual(tabs[0].types(), ['ready', 'crowded'])
    t.assert.equal(registry.size, 7)
    t.assert.deepEqual(tabs[1].types(), ['ready'])
    t.assert.deepEqual(other.types(), ['ready'])
  })

  test('lost access ends the stream by itself', async (t) => {
    const { registry, answers } = makeRegistry({ sweepMs: 10, lifetimeMs: 60_000 })
    const { url } = await serve(t, registry)
    const tab = await listen(t, url)

    answers.stillAllowed = false
    await tab.ended

    t.assert.deepEqual(tab.types(), ['ready', 'reconnect'])
    t.assert.equal(registry.size, 0)
  })

  test('a channel that may no longer be watched sends the client to ask anew', async (t) => {
    const { registry, answers } = makeRegistry()
    const { url } = await serve(t, registry)
    const tab = await listen(t, url)

    answers.refused = [CHANNEL]
    await registry.sweep(Date.now())
    await tab.ended

    t.assert.deepEqual(tab.types(), ['ready', 'reconnect'])
  })

  test('a check that fails counts as a no, and is reported', async (t) => {
    const { registry, answers, errors } = makeRegistry()
    const { url } = await serve(t, registry)
    const tab = await listen(t, url)

    answers.fails = true
    await registry.sweep(Date.now())
    await tab.ended

    t.assert.deepEqual(tab.types(), ['ready', 'reconnect'])
    t.assert.lengthOf(errors, 1)
  })

  test('after less than 15 minutes the client is asked to come again', async (t) => {
    const { registry } = makeRegistry()
    const { url, opened } = await serve(t, registry)
    const tab = await listen(t, url)
    const { openedAt } = opened[0].stream

    await registry.sweep(openedAt + 14 * 60_000)
    t.assert.equal(registry.size, 1)
    await registry.sweep(openedAt + 15 * 60_000 - 3_000)
    await tab.ended

    t.assert.equal(tab.types().at(-1), 'reconnect')
  })

  test('a silent stream is pinged, a talking one is not', async (t) => {
    const { registry } = makeRegistry()
    const { url } = await serve(t, registry)
    const tab = await listen(t, url)

    await registry.sweep(Date.now() + 5_000)
    t.assert.deepEqual(tab.types(), ['ready'])
    await registry.sweep(Date.now() + 12_000)
    await tab.until(({ payload }) => payload.type === 'ping')
  })

  test('closes by session, by person, by workspace', async (t) => {
    const { registry } = makeRegistry()
    const { url } = await serve(t, registry)
    const signedOut = await listen(t, `${url}?session=old`)
    const here = await listen(t, `${url}?session=new`)

    registry.close({ sessionHash: 'old' })
    await signedOut.ended
    registry.close({ userId: 'ada', tenantId: RECORD })
    t.assert.deepEqual(here.types(), ['ready'])
    registry.close({ userId: 'ada', tenantId: TENANT })
    await here.ended

    t.assert.deepEqual(signedOut.types(), ['ready', 'reconnect'])
    t.assert.deepEqual(here.types(), ['ready', 'reconnect'])
  })
})
