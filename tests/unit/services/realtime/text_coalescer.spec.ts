import fc from 'fast-check'
import { test } from '@japa/runner'
import { TextCoalescer, wholeText, type TextEvent } from '#services/realtime/text_coalescer'

const TEXT = { type: 'delta', id: 'message-1', attempt: 3 } as const

test.group('Text coalescer', () => {
  test('the first piece goes out at once, with id, attempt and offset', ({ assert }) => {
    const { events, coalescer } = setup()

    coalescer.push('The')

    assert.deepEqual(events, [{ ...TEXT, offset: 0, text: 'The' }])
  })

  test('what follows waits until 50 ms have passed, and goes as one', ({ assert }) => {
    const { events, coalescer, clock } = setup()
    coalescer.push('The')

    coalescer.push(' moon')
    clock.pass(20)
    coalescer.push(' rises')
    clock.pass(29)
    assert.lengthOf(events, 1)
    clock.pass(1)

    assert.deepEqual(events.slice(1), [{ ...TEXT, offset: 3, text: ' moon rises' }])
  })

  test('never more than 20 events a second', ({ assert }) => {
    const { events, coalescer, clock } = setup()

    for (let ms = 0; ms < 1000; ms++) {
      coalescer.push('x')
      clock.pass(1)
    }

    assert.isAtMost(events.length, 21)
    assert.isAtLeast(events.length, 19)
  })

  test('after a pause the next piece goes out at once again', ({ assert }) => {
    const { events, coalescer, clock } = setup()
    coalescer.push('a')
    clock.pass(500)

    coalescer.push('b')

    assert.lengthOf(events, 2)
  })

  test('half a surrogate pair waits for its other half', ({ assert }) => {
    const { events, coalescer, clock } = setup()
    coalescer.push('Moon \ud83c')
    coalescer.push('\udf19 over')
    clock.pass(50)

    assert.deepEqual(
      events.map(({ offset, text }) => [offset, text]),
      [
        [0, 'Moon '],
        [5, '🌙 over'],
      ]
    )
  })

  test('flush sends what waits and leaves no timer behind', ({ assert }) => {
    const { events, coalescer, clock } = setup()
    coalescer.push('a')
    coalescer.push('b')

    coalescer.flush()
    coalescer.flush()
    clock.pass(100)

    assert.deepEqual(
      events.map(({ text }) => text),
      ['a', 'b']
    )
  })

  test('a half that stays alone is sent as the row stores it', ({ assert }) => {
    const { events, coalescer } = setup()

    coalescer.push('a\ud83c')
    coalescer.flush()

    assert.deepEqual(
      events.map(({ text }) => text),
      ['a', '\ufffd']
    )
  })

  test('the pieces together are the text, whatever its crumbs', () => {
    const crumbs = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.nat(80)), { maxLength: 40 })
    fc.assert(
      fc.property(crumbs, (pushes) => {
        const { events, coalescer, clock } = setup()
        const units = pushes.flatMap(([text, ms]) =>
          text.split('').map((unit) => [unit, ms] as const)
        )
        for (const [unit, ms] of units) {
          coalescer.push(unit)
          clock.pass(ms)
        }
        coalescer.flush()

        let length = 0
        for (const event of events) {
          if (event.offset !== length || !event.text.isWellFormed()) return false
          length += event.text.length
        }
        const whole = units.map(([unit]) => unit).join('')
        return events.map(({ text }) => text).join('') === whole.toWellFormed()
      })
    )
  })
})

test.group('Whole text', () => {
  test('holds back a trailing half of a pair and nothing else', ({ assert }) => {
    assert.equal(wholeText('a\ud83c'), 'a')
    assert.equal(wholeText('a🌙'), 'a🌙')
    assert.equal(wholeText(''), '')
  })
})

function setup() {
  const events: TextEvent[] = []
  const clock = new HandClock()
  const coalescer = new TextCoalescer(TEXT, (event) => events.push(event), clock)
  return { events, clock, coalescer }
}

class HandClock {
  #now = 1_000
  #due: { at: number; fn: () => void }[] = []

  now = () => this.#now

  after = (delayMs: number, fn: () => void) => {
    const entry = { at: this.#now + delayMs, fn }
    this.#due.push(entry)
    return () => {
      this.#due = this.#due.filter((other) => other !== entry)
    }
  }

  pass(ms: number) {
    this.#now += ms
    const due = this.#due.filter(({ at }) => at <= this.#now)
    this.#due = this.#due.filter(({ at }) => at > this.#now)
    for (const { fn } of due) fn()
  }
}
