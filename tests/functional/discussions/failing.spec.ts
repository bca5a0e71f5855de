import { test } from '@japa/runner'
import { llm } from '#services/llm/index'
import {
  contextTooLongScript,
  errorScript,
  messageScript,
  type Script,
} from '#tests/fakes/anthropic'
import {
  answerIn,
  json,
  lastAnswer,
  makeTable,
  shown,
  start,
  storedText,
  usageOf,
} from './support.js'

const garbage: Script = { steps: [{ raw: 'event: message_start\ndata: {"type": nonsense\n\n' }] }
const html: Script = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Hello</h1>',
}
/** Not to be waited for: the adapter gives up at once when it is told to come back much later. */
const busy = (status: number) =>
  errorScript(status, { retryAfter: 3600, message: 'sk-secret leaked' })

test.group('A failed call', () => {
  const failures: [string, Script, string][] = [
    ['a wrong key', errorScript(401, { message: 'invalid x-api-key sk-test' }), 'auth'],
    ['too many requests', busy(429), 'rate_limited'],
    ['an overloaded vendor', busy(529), 'overloaded'],
    ['too long a discussion', contextTooLongScript(), 'context_too_long'],
    ['a refusal', messageScript({ stopReason: 'refusal' }), 'refused'],
    ['rubbish', garbage, 'bad_response'],
    ['a page instead of an answer', html, 'bad_response'],
  ]
  for (const [name, script, code] of failures) {
    test(`by ${name} ends as a sentence with a way out`, async (context) => {
      const { assert } = context
      const table = await makeTable(context)
      table.fake.enqueue(script)

      const { path, discussionId } = await start(table)

      await answerIn(discussionId, 'failed')
      const answer = (await shown(table.member, path))[1]
      assert.equal(answer.error.code, code)
      assert.match(answer.error.message, /^[A-Z].+\. [A-Z].+\.$/)
      assert.notInclude(JSON.stringify(answer), 'sk-')
      assert.notInclude(JSON.stringify(answer), 'Fake')
      assert.isTrue(answer.can.retry)
      assert.equal(table.fake.calls.length, 1)
    })
  }

  test('that was cut keeps its text, is counted by us and can be retried', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const live = table.fake.live()
    live.text('The tide ', 'turns')
    const { path, discussionId, answerId } = await start(table)
    await storedText(discussionId, 'The tide turns')

    live.cut()

    const row = await answerIn(discussionId, 'interrupted')
    assert.equal(row.content, 'The tide turns')
    assert.equal(row.error_code, 'network')
    assert.isTrue((await shown(table.member, path))[1].can.retry)
    const { discussions } = (await table.member.get('/discussions')).page().props
    assert.equal(discussions[0].trouble, 'interrupted')
    const [usage] = await usageOf(answerId)
    assert.isTrue(usage.estimated)
    assert.isAbove(usage.output_tokens, 0)
    assert.equal(table.fake.calls.length, 1)
  })

  test('whose vendor reports an error in mid-stream keeps its text', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const live = table.fake.live()
    live.text('Half of')
    const { discussionId } = await start(table)
    await storedText(discussionId, 'Half of')

    live.fail('overloaded_error')

    const row = await answerIn(discussionId, 'interrupted')
    assert.deepInclude(row, { content: 'Half of', error_code: 'overloaded' })
  })

  test('that falls silent ends by itself, before and after the first word', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { timeouts } = llm.registry
    context.cleanup(() => void (llm.registry.timeouts = timeouts))
    llm.registry.timeouts = { firstTokenMs: 300, idleMs: 800 }

    table.fake.enqueue({ steps: [{ wait: new Promise(() => {}) }] })
    const first = await start(table)
    const failed = await answerIn(first.discussionId, 'failed')
    assert.equal(failed.error_code, 'timeout')
    await (
      await table.fake.call(0)
    ).aborted

    table.fake.live().text('Well')
    const second = await start(table)
    const cut = await answerIn(second.discussionId, 'interrupted')
    assert.deepInclude(cut, { content: 'Well', error_code: 'timeout' })
    await (
      await table.fake.call(1)
    ).aborted
  })
})

test.group('Usage', () => {
  test('is what the vendor counted, caches and reasoning included', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const usage = {
      input_tokens: 1234,
      cache_read_input_tokens: 567,
      cache_creation_input_tokens: 89,
      output_tokens: 321,
      thinking_tokens: 45,
    }
    table.fake.enqueue(messageScript({ thinking: ['Hm.'], text: ['Yes.'], usage }))

    const { path, discussionId, answerId } = await start(table)

    await answerIn(discussionId, 'complete')
    const rows = await usageOf(answerId)
    assert.lengthOf(rows, 1)
    assert.deepInclude(rows[0], {
      input_fresh_tokens: 1234,
      input_cache_read_tokens: 567,
      input_cache_write_tokens: 89,
      output_tokens: 321,
      reasoning_tokens: 45,
      estimated: false,
      attempt: 1,
      user_id: table.people.member.id,
      provider: 'anthropic',
      model: table.choice.model,
    })
    const answer = (await shown(table.member, path))[1]
    assert.deepInclude(answer.usage, { inputTokens: 1234 + 567 + 89, outputTokens: 321 })
    assert.equal(answer.reasoning, 'Hm.')
  })

  test('is one row for each call, over retries', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const live = table.fake.live()
    live.text('One')
    const { discussionId, messagePath, answerId } = await start(table)
    await storedText(discussionId, 'One')
    live.cut()
    await answerIn(discussionId, 'interrupted')

    await table.member.post(`${messagePath}/attempts`)

    await answerIn(discussionId, 'complete')
    const rows = await usageOf(answerId)
    assert.deepEqual(
      rows.map(({ attempt, estimated }) => [attempt, estimated]),
      [
        [1, true],
        [2, false],
      ]
    )
    assert.equal(table.fake.calls.length, rows.length)
  })
})

test.group('A model that cannot be asked', () => {
  const choices: [string, Record<string, string>][] = [
    ['an unknown model', { model: 'claude-of-tomorrow' }],
    ['an unknown provider', { provider: 'nobody' }],
  ]
  for (const [name, wrong] of choices) {
    test(`because it is ${name} is refused at the form, and nothing is lost or made`, async (context) => {
      const { assert } = context
      const table = await makeTable(context)
      const { path, discussionId } = await start(table)
      await answerIn(discussionId, 'complete')
      const page = await table.member.get('/discussions/new')
      const inertia = { 'x-inertia': 'true', 'x-inertia-version': page.page().version }
      const question = { content: 'Keep me', ...table.choice, ...wrong }

      for (const [form, url] of [
        ['/discussions/new', '/discussions'],
        [path, `${path}/messages`],
      ]) {
        const referer = `http://${table.host}:${table.member.port}${form}`
        const reply = await table.member.post(url, question, { headers: { ...inertia, referer } })
        assert.oneOf(reply.status, [302, 303])
        assert.equal(reply.location, form)
        const { errors } = (await table.member.get(form)).page().props
        assert.match(errors.model, /Choose another model\.$/)
      }

      const asJson = await table.member.post('/discussions', question, json)
      assert.equal(asJson.status, 422)
      assert.equal(asJson.json().errors[0].field, 'model')
      assert.lengthOf((await table.member.get('/discussions')).page().props.discussions, 1)
      assert.lengthOf(await shown(table.member, path), 2)
    })
  }

  test('any more lets Retry say so and leaves the answer as it was', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    table.fake.enqueue(errorScript(400))
    const { path, discussionId, messagePath } = await start(table)
    const before = await answerIn(discussionId, 'failed')
    const { AnthropicProvider } = await import('#services/llm/anthropic_provider')
    llm.registry.register(new AnthropicProvider({ apiKey: null }))

    const headers = { referer: `http://${table.host}:${table.member.port}${path}` }
    const reply = await table.member.post(`${messagePath}/attempts`, {}, { headers })

    assert.equal(reply.location, path)
    const { flash } = (await table.member.get(path)).page().props
    assert.include(flash.error, 'needs a valid key')
    assert.deepEqual(await lastAnswer(discussionId), before)
  })
})
