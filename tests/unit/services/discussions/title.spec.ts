import { test } from '@japa/runner'
import Discussion from '#models/discussion'

test.group('The title of a discussion', () => {
  test('is the first line of its question', ({ assert }) => {
    assert.equal(Discussion.titleFrom('  How   do\ttides work?\nAnd why?'), 'How do tides work?')
    assert.equal(Discussion.titleFrom('\n\n'), 'New discussion')
  })

  test('is cut at a word, or hard where there is none', ({ assert }) => {
    const words = Discussion.titleFrom('moonlight '.repeat(20))
    assert.match(words, /^(moonlight )*moonlight…$/)
    assert.isAtMost(words.length, 81)
    assert.equal(Discussion.titleFrom('x'.repeat(300)), `${'x'.repeat(80)}…`)
  })

  test('never ends in half a character', ({ assert }) => {
    const title = Discussion.titleFrom(`x${'🌙'.repeat(100)}`)
    assert.isTrue(title.isWellFormed(), title)
  })
})
