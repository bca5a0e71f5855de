import { test } from '@japa/runner'
import { ReloadGate } from '#inertia/lib/reload_gate'

test.group('Reload gate', () => {
  test('asked many times while a request is under way, it goes once more afterwards', ({
    assert,
  }) => {
    const { gate, sent, timers } = setup()

    gate.ask()
    gate.ask(200)
    gate.ask()
    gate.ask(200)
    assert.lengthOf(sent, 1)

    sent[0](true)
    assert.lengthOf(sent, 2)
    sent[1](true)
    assert.lengthOf(sent, 2)
    assert.equal(timers.size, 0)
  })

  test('a request that failed is repeated after two seconds', ({ assert }) => {
    const { gate, sent, timers } = setup()

    gate.ask()
    sent[0](false)
    assert.deepEqual([...timers.values()], [2_000])
    for (const fn of timers.keys()) fn()

    assert.lengthOf(sent, 2)
  })

  test('stopped, it sends nothing any more', ({ assert }) => {
    const { gate, sent, timers } = setup()

    gate.ask(200)
    gate.stop()
    gate.ask()

    assert.lengthOf(sent, 0)
    assert.equal(timers.size, 0)
  })
})

/** `sent` holds, for each request, how to end it. */
function setup() {
  const sent: ((arrived: boolean) => void)[] = []
  const timers = new Map<() => void, number>()
  const gate = new ReloadGate(
    (onEnd) => sent.push(onEnd),
    (delayMs, fn) => {
      timers.set(fn, delayMs)
      return () => timers.delete(fn)
    }
  )
  return { gate, sent, timers }
}
