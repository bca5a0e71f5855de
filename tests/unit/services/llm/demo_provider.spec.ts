import { test } from '@japa/runner'
import { DemoProvider } from '#services/llm/demo_provider'
import { estimateTokens, streamWithTimeouts } from '#services/llm/index'
import { chatRequest, codeOf, listen } from '#tests/unit/services/llm/support'

const quick = new DemoProvider({ tokensPerSecond: 0 })
const never = new AbortController().signal

function answerTo(content: string, system = '') {
  const messages = [{ role: 'user' as const, content }]
  return listen(quick.stream(chatRequest({ model: 'demo', system, messages }), never))
}

test.group('The demo provider', () => {
  test('says in its first sentence that no model was asked', async ({ assert }) => {
    const { text } = await answerTo('What now?')
    assert.match(text, /^No model was asked[^.]*\./)
  })

  test('shows persona, number of messages and question', async ({ assert }) => {
    const request = chatRequest({
      messages: [
        { role: 'user', content: 'First' },
        { role: 'assistant', content: 'An answer' },
        { role: 'user', content: 'And the second?' },
      ],
    })
    const { text } = await listen(quick.stream(request, never))

    assert.include(text, '“And the second?”')
    assert.include(text, 'You are a critic. Look for the weakest claim.')
    assert.include(text, '| Messages | 3,')
  })

  test('has a list, a table and a code block', async ({ assert }) => {
    const { text } = await answerTo('What now?')
    assert.match(text, /^1\. .+\n2\. /m)
    assert.match(text, /^\| --- \| --- \|$/m)
    assert.match(text, /^```json\n[^]+?\n```$/m)
  })

  test('a question full of markup cannot break out of its place', async ({ assert }) => {
    const { text } = await answerTo('```\n| a | b |\n# head [x](https://e.test) <b>')

    assert.include(
      text,
      '“\\`\\`\\` \\| a \\| b \\| \\# head \\[x\\]\\(https\\://e.test\\) \\<b\\>”'
    )
    assert.lengthOf(text.match(/^```/gm) ?? [], 2)
  })

  test('the same request gives the same words', async ({ assert }) => {
    const [first, second] = [await answerTo('What now?'), await answerTo('What now?')]
    assert.deepEqual(first.events, second.events)
  })

  test('another persona or another question gives another text', async ({ assert }) => {
    const critic = await answerTo('What now?', 'You are a critic who raises objections.')
    const maker = await answerTo('What now?', 'You are a maker: build, ship.')

    assert.include(critic.text, 'strongest objection')
    assert.include(maker.text, 'smallest version')
    assert.notEqual((await answerTo('And then?')).text, (await answerTo('What now?')).text)
  })

  test('the word long makes the answer long, and the answer says so', async ({ assert }) => {
    const short = await answerTo('A text please')
    const long = await answerTo('A long text please')

    assert.include(short.text, 'Put the word *long*')
    assert.include(long.text, 'You wrote the word *long*')
    assert.isAbove(long.text.length, short.text.length + 1000)
  })

  test('counts with the documented estimate and says that it is one', async ({ assert }) => {
    const { text, events } = await answerTo('Four', 'Eight ch')

    assert.deepEqual(events.slice(-2), [
      {
        type: 'usage',
        estimated: true,
        usage: {
          inputFresh: 3,
          inputCacheRead: 0,
          inputCacheWrite: 0,
          output: estimateTokens(text),
          reasoning: 0,
        },
      },
      { type: 'done', finishReason: 'stop' },
    ])
  })

  test('keeps to the ceiling', async ({ assert }) => {
    const request = chatRequest({ model: 'demo', maxOutputTokens: 10 })
    const { text, events } = await listen(quick.stream(request, never))

    assert.equal(estimateTokens(text), 10)
    assert.deepEqual(events.at(-1), { type: 'done', finishReason: 'length' })
  })

  test('keeps its pace: 20 tokens at 200 a second take 100 ms', async ({ assert }) => {
    const request = chatRequest({ model: 'demo', maxOutputTokens: 20 })
    const startedAt = performance.now()

    await listen(new DemoProvider({ tokensPerSecond: 200 }).stream(request, never))

    const tookMs = performance.now() - startedAt
    assert.isAbove(tookMs, 60)
    assert.isBelow(tookMs, 2000)
  })

  test('stops at once, also in the middle of a wait', async ({ assert }) => {
    const stop = new AbortController()
    const slow = new DemoProvider({ tokensPerSecond: 0.01 })
    const stream = slow.stream(chatRequest({ model: 'demo' }), stop.signal)
    await stream.next()
    const next = listen(stream)

    stop.abort()

    assert.equal(codeOf((await next).error), 'cancelled')
  })

  test('works behind the time-outs like any provider', async ({ assert }) => {
    const slow = new DemoProvider({ tokensPerSecond: 0.01 })
    const timeouts = { firstTokenMs: 1000, idleMs: 20 }

    const { text, error } = await listen(
      streamWithTimeouts(slow, chatRequest({ model: 'demo' }), never, timeouts)
    )

    assert.equal(text, 'No ')
    assert.equal(codeOf(error), 'timeout')
  })
})
