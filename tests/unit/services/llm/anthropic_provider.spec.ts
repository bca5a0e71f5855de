import { inspect } from 'node:util'
import { test } from '@japa/runner'
import { AnthropicProvider, type AnthropicOptions } from '#services/llm/anthropic_provider'
import { LlmError, streamWithTimeouts } from '#services/llm/index'
import {
  contextTooLongScript,
  errorScript,
  messageScript,
  messageSteps,
  startFakeAnthropic,
  tornScript,
  type FakeAnthropic,
} from '#tests/fakes/anthropic'
import { chatRequest, codeOf, listen } from '#tests/unit/services/llm/support'

const KEY = 'sk-ant-secret-0123456789'

test.group('Anthropic over the wire', (group) => {
  let fake: FakeAnthropic
  let waits: number[]

  group.each.setup(async () => {
    fake = await startFakeAnthropic()
    waits = []
    return () => fake.close()
  })

  function provider(options: Partial<AnthropicOptions> = {}) {
    const pause = async (ms: number) => void waits.push(ms)
    return new AnthropicProvider({ apiKey: KEY, baseUrl: fake.url, pause, ...options })
  }

  function ask(signal = new AbortController().signal, request = chatRequest()) {
    return listen(streamWithTimeouts(provider(), request, signal))
  }

  test('text arrives piece by piece, then usage, then the end', async ({ assert }) => {
    fake.enqueue(messageScript({ text: ['Four', ' days ', 'are enough.'] }))

    const { events, error } = await ask()

    assert.isNull(error)
    assert.deepEqual(
      events.map(({ type }) => type),
      ['text', 'text', 'text', 'usage', 'done']
    )
    assert.deepEqual(events[1], { type: 'text', text: ' days ' })
  })

  test('a piece is handed on before the next one exists', async ({ assert }) => {
    const answer = fake.live().text('first')
    const stream = provider().stream(chatRequest(), new AbortController().signal)

    assert.deepEqual((await stream.next()).value, { type: 'text', text: 'first' })
    answer.text('second')
    assert.deepEqual((await stream.next()).value, { type: 'text', text: 'second' })
    await stream.return()
    await fake.calls[0].aborted
  })

  test('the request carries key, persona, messages and ceiling', async ({ assert }) => {
    const messages = [
      { role: 'user' as const, content: 'Hello \ud800' },
      { role: 'assistant' as const, content: '  ' },
      { role: 'user' as const, content: 'Once more' },
    ]
    await ask(undefined, chatRequest({ messages, maxOutputTokens: 900_000, temperature: 0.5 }))

    const { headers, body } = fake.calls[0]
    assert.equal(headers.authorization, `Bearer ${KEY}`)
    assert.equal(body.system, chatRequest().system)
    assert.equal(body.max_tokens, 128_000)
    assert.deepEqual(body.messages, [
      { role: 'user', content: 'Hello \ufffd' },
      { role: 'user', content: 'Once more' },
    ])
    assert.notProperty(body, 'temperature')
  })

  test('an empty persona sends no system prompt', async ({ assert }) => {
    await ask(undefined, chatRequest({ system: ' ' }))
    assert.notProperty(fake.calls[0].body, 'system')
  })

  test('thinking becomes reasoning, apart from the text', async ({ assert }) => {
    fake.enqueue(messageScript({ thinking: ['Let me', ' see.'], text: ['Yes.'] }))

    const { text, reasoning } = await ask()

    assert.equal(reasoning, 'Let me see.')
    assert.equal(text, 'Yes.')
  })

  test('usage tells fresh input, cache reads and writes, output and reasoning', async ({
    assert,
  }) => {
    const usage = {
      input_tokens: 11,
      cache_read_input_tokens: 220,
      cache_creation_input_tokens: 33,
      output_tokens: 44,
      thinking_tokens: 5,
    }
    fake.enqueue(messageScript({ text: ['Yes.'], usage }))

    const { events } = await ask()

    assert.deepEqual(
      events.filter(({ type }) => type === 'usage'),
      [
        {
          type: 'usage',
          usage: {
            inputFresh: 11,
            inputCacheRead: 220,
            inputCacheWrite: 33,
            output: 44,
            reasoning: 5,
          },
        },
      ]
    )
  })

  test('what the closing usage leaves out stays as the opening said', async ({ assert }) => {
    const steps = messageSteps({ text: ['Yes.'], usage: { input_tokens: 70 } }).map((step) =>
      'event' in step && step.event === 'message_delta'
        ? {
            event: step.event,
            data: {
              type: 'message_delta',
              delta: { stop_reason: 'end_turn' },
              usage: { output_tokens: 9 },
            },
          }
        : step
    )
    fake.enqueue({ steps })

    const { events } = await ask()

    assert.deepInclude(events.at(-2), {
      usage: { inputFresh: 70, inputCacheRead: 0, inputCacheWrite: 0, output: 9, reasoning: 0 },
    })
  })

  test('{stopReason} finishes as {finishReason}')
    .with([
      { stopReason: 'end_turn', finishReason: 'stop' },
      { stopReason: 'stop_sequence', finishReason: 'stop_sequence' },
      { stopReason: 'max_tokens', finishReason: 'length' },
      { stopReason: 'model_context_window_exceeded', finishReason: 'context_full' },
      { stopReason: 'something_of_tomorrow', finishReason: 'other' },
    ])
    .run(async ({ assert }, { stopReason, finishReason }) => {
      fake.enqueue(messageScript({ text: ['Yes.'], stopReason }))
      const { events } = await ask()
      assert.deepEqual(events.at(-1), { type: 'done', finishReason })
    })

  test('a refusal keeps the text and the usage, and fails as refused', async ({ assert }) => {
    fake.enqueue(messageScript({ text: ['I would'], stopReason: 'refusal' }))

    const { text, events, error } = await ask()

    assert.equal(text, 'I would')
    assert.equal(events.at(-1)?.type, 'usage')
    assert.equal(codeOf(error), 'refused')
  })

  test('unknown events and deltas are passed over', async ({ assert }) => {
    const [start, ...rest] = messageSteps({ text: ['Yes.'] })
    const strange = [
      { event: 'moon_phase', data: { type: 'moon_phase', value: 0.5 } },
      {
        event: 'content_block_delta',
        data: { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta' } },
      },
    ]
    fake.enqueue({ steps: [start, ...strange, ...rest] })

    const { text, error } = await ask()

    assert.equal(text, 'Yes.')
    assert.isNull(error)
  })

  test('{status} is {code}')
    .with([
      { status: 401, code: 'auth' },
      { status: 402, code: 'auth' },
      { status: 403, code: 'auth' },
      { status: 404, code: 'model_not_found' },
      { status: 400, code: 'invalid_request' },
      { status: 413, code: 'context_too_long' },
    ])
    .run(async ({ assert }, { status, code }) => {
      fake.enqueue(errorScript(status))

      const { error } = await ask()

      assert.equal(codeOf(error), code)
      assert.deepInclude(error, { vendorStatus: status, vendorRequestId: 'req_fake' })
      assert.lengthOf(fake.calls, 1)
    })

  test('a prompt that is too long says so', async ({ assert }) => {
    fake.enqueue(contextTooLongScript())
    const { error } = await ask()
    assert.equal(codeOf(error), 'context_too_long')
  })

  test('no credit left is the operator’s matter, told apart from a wrong key', async ({
    assert,
  }) => {
    fake.enqueue(errorScript(400, { message: 'Your credit balance is too low to access the API.' }))
    const { error } = await ask()
    assert.equal(codeOf(error), 'auth')
    assert.include(String(error), 'no credit left')
  })

  test('429 is asked again after the time the vendor named', async ({ assert }) => {
    fake.enqueue(errorScript(429, { retryAfter: 3 }), messageScript({ text: ['Yes.'] }))

    const { text, error } = await ask()

    assert.isNull(error)
    assert.equal(text, 'Yes.')
    assert.lengthOf(waits, 1)
    assert.isTrue(waits[0] >= 3000 && waits[0] <= 3300)
  })

  test('429 with a long wait is handed on with that wait', async ({ assert }) => {
    fake.enqueue(errorScript(429, { retryAfter: 90 }))

    const { error } = await ask()

    assert.equal(codeOf(error), 'rate_limited')
    assert.deepInclude(error, { retryAfterMs: 90_000, retryable: true })
    assert.lengthOf(fake.calls, 1)
  })

  test('{status} is asked twice more with growing waits, then is {code}')
    .with([
      { status: 429, code: 'rate_limited' },
      { status: 500, code: 'overloaded' },
      { status: 503, code: 'overloaded' },
      { status: 529, code: 'overloaded' },
    ])
    .run(async ({ assert }, { status, code }) => {
      fake.defaultScript = errorScript(status)

      const { error } = await ask()

      assert.equal(codeOf(error), code)
      assert.lengthOf(fake.calls, 3)
      assert.isTrue(waits[0] >= 375 && waits[0] <= 625)
      assert.isTrue(waits[1] >= 750 && waits[1] <= 1250)
    })

  test('an error event before the message is asked again', async ({ assert }) => {
    const error = { type: 'overloaded_error', message: 'Overloaded' }
    fake.enqueue({ steps: [{ event: 'error', data: { type: 'error', error } }] })

    const heard = await ask()

    assert.isNull(heard.error)
    assert.lengthOf(fake.calls, 2)
  })

  test('an error event after the beginning keeps the text and is never asked again', async ({
    assert,
  }) => {
    fake.live().text('Half an ').fail('overloaded_error')

    const { text, error } = await ask()

    assert.equal(text, 'Half an ')
    assert.equal(codeOf(error), 'overloaded')
    assert.lengthOf(fake.calls, 1)
  })

  test('a cut stream keeps the text, is a network failure and is never asked again', async ({
    assert,
  }) => {
    fake.live().text('Half an ').cut()

    const { text, error } = await ask()

    assert.equal(text, 'Half an ')
    assert.equal(codeOf(error), 'network')
    assert.lengthOf(fake.calls, 1)
  })

  test('a stream that ends politely before its last event is cut all the same', async ({
    assert,
  }) => {
    fake.live().text('Half an ').end()

    const { text, events, error } = await ask()

    assert.equal(text, 'Half an ')
    assert.isUndefined(events.find(({ type }) => type === 'done'))
    assert.equal(codeOf(error), 'network')
  })

  test('a connection cut before the first event may have been paid for: no second call', async ({
    assert,
  }) => {
    fake.enqueue({ steps: [{ cut: true }] })

    const { error } = await ask()

    assert.equal(codeOf(error), 'network')
    assert.lengthOf(fake.calls, 1)
  })

  test('a refused connection is tried again, then is a network failure', async ({ assert }) => {
    const gone = await startFakeAnthropic()
    const { url } = gone
    await gone.close()

    const stream = provider({ baseUrl: url }).stream(chatRequest(), new AbortController().signal)
    const { error } = await listen(stream)

    assert.equal(codeOf(error), 'network')
    assert.lengthOf(waits, 2)
  })

  test('silence after the first piece ends as a time-out, and the call is closed', async ({
    assert,
  }) => {
    fake.live().text('Half an ')
    const timeouts = { firstTokenMs: 60_000, idleMs: 50 }

    const { text, error } = await listen(
      streamWithTimeouts(provider(), chatRequest(), new AbortController().signal, timeouts)
    )

    assert.equal(text, 'Half an ')
    assert.equal(codeOf(error), 'timeout')
    await fake.calls[0].aborted
  })

  test('silence before the first piece ends as a time-out, and the call is closed', async ({
    assert,
  }) => {
    fake.live()
    const timeouts = { firstTokenMs: 200, idleMs: 60_000 }

    const { error } = await listen(
      streamWithTimeouts(provider(), chatRequest(), new AbortController().signal, timeouts)
    )

    assert.equal(codeOf(error), 'timeout')
    await (
      await fake.call(0)
    ).aborted
  })

  test('rubbish is a bad response: {$self}')
    .with([
      'event: content_block_delta\ndata: {"type": "content_blo\n\n',
      'event: content_block_delta\ndata: null\n\n',
      'event: content_block_delta\ndata: {"type":"content_block_delta"}\n\n',
      'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"type":"text_delta","text":7}}\n\n',
      'event: message_start\ndata: {"type":"message_start"}\n\n',
      '<html><body>Captive portal</body></html>',
      '',
    ])
    .run(async ({ assert }, raw) => {
      fake.enqueue({ steps: [{ raw }] })
      const { error } = await ask()
      assert.equal(codeOf(error), 'bad_response')
      assert.lengthOf(fake.calls, 1)
    })

  test('random bytes are a bad response', async ({ assert }) => {
    const raw = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + 13) % 256)
    fake.enqueue({ steps: [{ raw }] })
    const { error } = await ask()
    assert.equal(codeOf(error), 'bad_response')
  })

  test('characters torn apart between network pieces come out whole', async ({ assert }) => {
    const text = ['Grüße ', '月の', '🌒🌓', ' — naïve']
    fake.enqueue(tornScript({ text }))

    const heard = await ask()

    assert.isNull(heard.error)
    assert.equal(heard.text, text.join(''))
  })

  test('stop ends the stream at once, and the vendor sees the line closed within 2 s', async ({
    assert,
  }) => {
    const answer = fake.live().text('Half an ')
    const stop = new AbortController()
    const stream = streamWithTimeouts(provider(), chatRequest(), stop.signal)
    await stream.next()

    const stoppedAt = performance.now()
    stop.abort()
    const { error } = await listen(stream)
    await fake.calls[0].aborted

    assert.equal(codeOf(error), 'cancelled')
    assert.isBelow(performance.now() - stoppedAt, 2000)
    answer.end()
  })

  test('stop reaches the vendor even while the reader is busy elsewhere', async () => {
    fake.live().text('Half an ')
    const stop = new AbortController()
    const stream = streamWithTimeouts(provider(), chatRequest(), stop.signal)
    await stream.next()

    stop.abort()

    await fake.calls[0].aborted
  })

  test('stop before the headers closes the line too', async ({ assert }) => {
    const stop = new AbortController()
    fake.live()
    const heard = ask(stop.signal)
    const call = await fake.call(0)

    stop.abort()

    assert.equal(codeOf((await heard).error), 'cancelled')
    await call.aborted
  })

  test('a signal that is already aborted asks nobody', async ({ assert }) => {
    const { error } = await ask(AbortSignal.abort())
    assert.equal(codeOf(error), 'cancelled')
    assert.lengthOf(fake.calls, 0)
  })

  test('stop during the wait for a retry asks no more', async ({ assert }) => {
    fake.defaultScript = errorScript(529)
    const stop = new AbortController()
    const patient = new AnthropicProvider({
      apiKey: KEY,
      baseUrl: fake.url,
      pause: (_, signal) => {
        stop.abort()
        return Promise.reject(signal.reason)
      },
    })

    const { error } = await listen(patient.stream(chatRequest(), stop.signal))

    assert.equal(codeOf(error), 'cancelled')
    assert.lengthOf(fake.calls, 1)
  })

  test('neither the key nor the vendor’s words are in an error', async ({ assert }) => {
    const message = `invalid x-api-key ${KEY}: <vendor text>`
    for (const status of [400, 401, 404, 500]) {
      fake.defaultScript = errorScript(status, { message })
      const { error } = await ask()

      assert.instanceOf(error, LlmError)
      const everything = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
      assert.notInclude(everything, KEY)
      assert.notInclude(everything, 'vendor text')
    }
  })

  test('without a key it lists its models, says what to set, and asks nobody', async ({
    assert,
  }) => {
    const keyless = new AnthropicProvider({ apiKey: ' ', baseUrl: fake.url })

    const { error } = await listen(keyless.stream(chatRequest(), new AbortController().signal))

    assert.include(keyless.unavailableBecause ?? '', 'ANTHROPIC_API_KEY')
    assert.isAbove(keyless.models().length, 2)
    assert.equal(codeOf(error), 'auth')
    assert.lengthOf(fake.calls, 0)
  })
})
