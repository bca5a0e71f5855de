import { test } from '@japa/runner'
import { messageScript } from '#tests/fakes/anthropic'
import { fillDiscussion } from '#tests/support/long_discussion'
import { answerIn, everywhere, makeTable, start } from './support.js'

type Shown = { messages: { content: string; leftOut: number }[]; earlier: string | null }

test.group('A long discussion', () => {
  test('comes from its end, a page at a time, each message once', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId } = await start(table)
    await answerIn(discussionId, 'complete')
    await fillDiscussion(table, discussionId, 118, (n) => `said ${n}`)
    const open = async (from = '') =>
      (await table.member.get(`${path}${from && `?from=${from}`}`)).page().props as Shown & {
        sums: { answers: number }
      }

    const end = await open()
    const middle = await open(end.earlier ?? '')
    const whole = await open(middle.earlier ?? '')

    assert.deepEqual(
      [50, 100, 120],
      [end, middle, whole].map(({ messages }) => messages.length)
    )
    assert.deepEqual(
      whole.messages.slice(0, 118).map(({ content }) => content),
      Array.from({ length: 118 }, (_, n) => `said ${n}`)
    )
    assert.deepEqual(end.messages, whole.messages.slice(-50))
    assert.isNull(whole.earlier)
    assert.equal(end.sums.answers, 60)
  })

  test('that no page holds says so', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId } = await start(table)
    await answerIn(discussionId, 'complete')
    await fillDiscussion(table, discussionId, 600, (n) => `said ${n}`)
    const first = await everywhere()
      .from('app.messages')
      .where('discussion_id', discussionId)
      .orderBy('id')
      .firstOrFail()

    const { props } = (await table.member.get(`${path}?from=${first.id}`)).page()

    assert.lengthOf(props.messages, 500)
    assert.deepInclude(props, { earlier: null, beyond: true })
    assert.isFalse((await table.member.get(path)).page().props.beyond)
  })

  test('is cut for the model, which always gets the question, and the answer says so', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { path, discussionId } = await start(table)
    await answerIn(discussionId, 'complete')
    await fillDiscussion(table, discussionId, 60, (n) => `${n} ${'x'.repeat(19_000)}`)

    table.fake.enqueue(messageScript({ text: ['Yes.'] }))
    await table.member.post(`${path}/messages`, { content: 'And now?', ...table.choice })
    await answerIn(discussionId, 'complete')

    const { messages } = table.fake.calls.at(-1)?.body as { messages: { content: string }[] }
    const sent = messages.reduce((sum, { content }) => sum + content.length, 0)
    assert.isBelow(sent, 400_000)
    assert.isAbove(sent, 300_000)
    assert.equal(messages.at(-1)?.content, 'And now?')
    const { messages: seen } = (await table.member.get(path)).page().props as Shown
    assert.equal(seen.at(-1)?.leftOut, 62 - (messages.length - 1))
  })

  test('of a provider that never ends is cut and kept', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const live = table.fake.live()
    const { discussionId } = await start(table)
    live.text('a'.repeat(150_000))
    live.text('b'.repeat(150_000))

    const answer = await answerIn(discussionId, 'complete')

    assert.equal(answer.content.length, 200_000)
    assert.equal(answer.finish_reason, 'length')
    await table.fake.calls[0].aborted
  })
})
