import fc from 'fast-check'
import { test } from '@japa/runner'
import {
  applyDelta,
  applySnapshot,
  startCursor,
  type TextCursor,
  type TextDelta,
} from '#inertia/lib/text_cursor'

test.group('Text cursor', () => {
  test('a piece that continues the text is added', ({ assert }) => {
    const step = applyDelta(startCursor(1, 'The moon'), { attempt: 1, offset: 8, text: ' rises' })

    assert.equal(step.cursor.text, 'The moon rises')
    assert.equal(step.status, 'ok')
  })

  test('what overlaps is trimmed', ({ assert }) => {
    const step = applyDelta(startCursor(1, 'The moon'), {
      attempt: 1,
      offset: 4,
      text: 'moon rises',
    })

    assert.equal(step.cursor.text, 'The moon rises')
    assert.equal(step.status, 'ok')
  })

  test('a piece already there says nothing new', ({ assert }) => {
    const step = applyDelta(startCursor(1, 'The moon'), { attempt: 1, offset: 0, text: 'The' })

    assert.equal(step.cursor.text, 'The moon')
    assert.equal(step.status, 'stale')
  })

  test('an older attempt is dropped', ({ assert }) => {
    const step = applyDelta(startCursor(2, 'Again'), { attempt: 1, offset: 5, text: ' old' })

    assert.equal(step.cursor.text, 'Again')
    assert.equal(step.status, 'stale')
  })

  test('a gap asks for a snapshot, which then joins what came ahead', ({ assert }) => {
    const gap = applyDelta(startCursor(1, 'The'), { attempt: 1, offset: 8, text: ' rises' })
    const joined = applySnapshot(gap.cursor, 1, 'The moon')

    assert.equal(gap.status, 'gap')
    assert.equal(gap.cursor.text, 'The')
    assert.equal(joined.status, 'ok')
    assert.equal(joined.cursor.text, 'The moon rises')
  })

  test('a snapshot that trails the events leaves the gap open', ({ assert }) => {
    const gap = applyDelta(startCursor(1, 'The'), { attempt: 1, offset: 8, text: ' rises' })
    const early = applySnapshot(gap.cursor, 1, 'The mo')

    assert.equal(early.status, 'gap')
    assert.equal(early.cursor.text, 'The mo')
  })

  test('a shorter snapshot of the same attempt takes nothing back', ({ assert }) => {
    const step = applySnapshot(startCursor(1, 'The moon rises'), 1, 'The moon')

    assert.equal(step.cursor.text, 'The moon rises')
  })

  test('a newer attempt waits for its snapshot and then starts anew', ({ assert }) => {
    const newer = applyDelta(startCursor(1, 'First try'), { attempt: 2, offset: 0, text: 'Second' })
    const fresh = applySnapshot(newer.cursor, 2, '')

    assert.equal(newer.status, 'gap')
    assert.equal(newer.cursor.text, 'First try')
    assert.equal(fresh.cursor.text, 'Second')
  })

  test('however pieces and snapshots arrive, the text only grows, and ends as it was written', () => {
    fc.assert(
      fc.property(histories, ({ texts, journey }) => {
        const last = texts.length - 1
        let cursor = startCursor()

        for (const event of journey) {
          const step =
            'offset' in event
              ? applyDelta(cursor, event)
              : applySnapshot(cursor, event.attempt, event.text)
          if (wentBack(cursor, step.cursor) || !isTrue(step.cursor, texts)) return false
          cursor = step.cursor
        }

        const end = applySnapshot(cursor, last, texts[last])
        return end.cursor.text === texts[last] && end.status !== 'gap'
      }),
      { numRuns: 3_000 * Number(process.env.NYX_TEST_SCALE ?? 1) }
    )
  })

  test('a text heard from its first piece to its last needs no snapshot', () => {
    fc.assert(
      fc.property(moonlit, fc.array(fc.nat(40), { minLength: 1 }), (text, sizes) => {
        let cursor = startCursor(1, '')
        for (const delta of piecesOf(text, 1, sizes)) cursor = applyDelta(cursor, delta).cursor
        return cursor.text === text
      })
    )
  })
})

type Snapshot = { attempt: number; text: string }

/** Texts rich in surrogate pairs, some of them long enough to be cut in many ways. */
const moonlit = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '🌙', '🌘', '\n'),
  maxLength: 60,
  size: 'max',
})

/** Attempts 0 to n with their texts; pieces and snapshots of them, lost, doubled and in any order. */
const histories = fc
  .record({
    texts: fc.array(moonlit, { minLength: 1, maxLength: 3 }),
    picks: fc.array(
      fc.record({
        attempt: fc.nat(2),
        from: fc.nat(60),
        size: fc.nat(12),
        isSnapshot: fc.boolean(),
        copies: fc.integer({ min: 1, max: 2 }),
      }),
      { maxLength: 80, size: 'max' }
    ),
    forward: fc.boolean(),
  })
  .map(({ texts, picks, forward }): { texts: string[]; journey: (TextDelta | Snapshot)[] } => {
    const order = forward
      ? picks.toSorted((a, b) => a.attempt - b.attempt || a.from - b.from)
      : picks
    const journey = order.flatMap(({ attempt: pick, from, size, isSnapshot, copies }) => {
      const attempt = pick % texts.length
      const points = [...texts[attempt]]
      const before = points.slice(0, from).join('')
      const text = points.slice(from, from + size).join('')
      const event: TextDelta | Snapshot = isSnapshot
        ? { attempt, text: before + text }
        : { attempt, offset: before.length, text }
      return Array.from({ length: copies }, () => event)
    })
    return { texts, journey }
  })

function wentBack(before: TextCursor, after: TextCursor) {
  if (after.attempt !== before.attempt) return after.attempt < before.attempt
  return after.text.length < before.text.length
}

function isTrue({ attempt, text }: TextCursor, texts: string[]) {
  return texts[attempt].startsWith(text)
}

/** Cuts a text into consecutive pieces, never inside a surrogate pair. */
function piecesOf(text: string, attempt: number, sizes: number[]): TextDelta[] {
  const pieces: TextDelta[] = []
  const points = [...text]
  for (let offset = 0, turn = 0; points.length > 0; turn++) {
    const piece = points.splice(0, sizes[turn % sizes.length] || 1).join('')
    pieces.push({ attempt, offset, text: piece })
    offset += piece.length
  }
  return pieces
}
