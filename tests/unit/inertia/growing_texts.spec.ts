import { test } from '@japa/runner'
import { GrowingTexts, type StoredMessage } from '#inertia/lib/growing_texts'

const ID = 'answer'

test.group('Growing texts', () => {
  test('events go on from the text that the page was given', ({ assert }) => {
    const { texts, reloads } = setup({ content: 'The moon' })

    texts.onEvent(delta(8, ' rises'))

    assert.equal(texts.textOf(ID), 'The moon rises')
    assert.deepEqual(reloads, [])
  })

  test('a gap asks for a snapshot that comes late enough, and shows nothing wrong until then', ({
    assert,
  }) => {
    const { texts, reloads, read } = setup({ content: 'The' })

    texts.onEvent(delta(8, ' rises'))
    assert.equal(texts.textOf(ID), 'The')
    assert.deepEqual(reloads, [200])

    read({ content: 'The moon' })
    assert.equal(texts.textOf(ID), 'The moon rises')
  })

  test('what was said just before the channel was heard comes even when the model falls silent', ({
    assert,
  }) => {
    const { texts, reloads, read, pass } = setup({ content: 'The' })

    texts.onReady()
    read({ content: 'The' })
    pass(600)

    assert.deepEqual(reloads, [0, 0])
  })

  test('a finished answer is read once', ({ assert }) => {
    const { texts, reloads, read, pass } = setup({ content: 'The' })

    texts.onReady()
    read({ content: 'The moon rises', status: 'complete' })
    pass(600)

    assert.deepEqual(reloads, [0])
    assert.equal(texts.textOf(ID), 'The moon rises')
  })

  test('nothing is read any more once the page has gone', ({ assert }) => {
    const { texts, reloads, pass } = setup({ content: 'The' })

    texts.onReady()
    texts.stop()
    pass(600)

    assert.deepEqual(reloads, [0])
  })

  test('a piece that comes after the end changes nothing', ({ assert }) => {
    const { texts } = setup({ content: 'The moon', status: 'complete' })

    texts.onEvent(delta(8, ' rises'))

    assert.equal(texts.textOf(ID), 'The moon')
  })
})

/** A page with one answer; `reloads` are the delays asked for, `pass` lets the time go by. */
function setup(given: Partial<StoredMessage>) {
  let messages = [messageOf(given)]
  const reloads: number[] = []
  const timers = new Map<() => void, number>()
  const texts = new GrowingTexts(
    () => messages,
    (delayMs = 0) => reloads.push(delayMs),
    (delayMs, fn) => {
      timers.set(fn, delayMs)
      return () => timers.delete(fn)
    }
  )

  return {
    texts,
    reloads,
    read(next: Partial<StoredMessage>) {
      messages = [messageOf(next)]
      texts.onSnapshot()
    },
    pass(ms: number) {
      for (const [fn, delayMs] of timers) if (delayMs <= ms) fn()
    },
  }
}

function messageOf(given: Partial<StoredMessage>): StoredMessage {
  return {
    id: ID,
    status: 'streaming',
    attempt: 1,
    version: 1,
    content: '',
    reasoning: '',
    ...given,
  }
}

function delta(offset: number, text: string) {
  return { type: 'delta', id: ID, attempt: 1, offset, text }
}
