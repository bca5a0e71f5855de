import { test } from '@japa/runner'
import { errorScript, messageScript } from '#tests/fakes/anthropic'
import { Visitor } from '#tests/support/visitor'
import { restWorkers, until } from '#tests/support/workers'
import {
  answerIn,
  everywhere,
  json,
  lastAnswer,
  makeTable,
  shown,
  start,
  storedText,
  usageOf,
} from './support.js'

test.group('Stop', () => {
  test('keeps what is there and ends the call within two seconds', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const live = table.fake.live()
    live.text('The moon ', 'pulls')
    const { discussionId, messagePath, answerId, path } = await start(table)
    const call = await table.fake.call(0)
    await storedText(discussionId, 'The moon pulls')
    assert.isTrue((await shown(table.member, path))[1].can.stop)

    const stoppedAt = Date.now()
    const reply = await table.member.post(`${messagePath}/cancellation`)
    await call.aborted
    const tookMs = Date.now() - stoppedAt

    assert.equal(reply.location, path)
    assert.isBelow(tookMs, 2000)
    const row = await answerIn(discussionId, 'stopped')
    assert.equal(row.content, 'The moon pulls')
    const [usage] = await usageOf(answerId)
    assert.isTrue(usage.estimated)
    assert.isAbove(usage.input_fresh_tokens, 0)
    const answer = (await shown(table.member, path))[1]
    assert.deepInclude(answer, { status: 'stopped', content: 'The moon pulls', error: null })
    assert.include(answer.html, 'The moon pulls')
    assert.deepEqual(answer.can, { stop: false, retry: true })
  })

  test('of an answer that still waits costs nothing', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const release = await restWorkers(context)
    const { discussionId, messagePath, answerId } = await start(table)
    assert.equal((await lastAnswer(discussionId)).status, 'queued')

    await table.member.post(`${messagePath}/cancellation`)
    assert.equal((await lastAnswer(discussionId)).status, 'stopped')
    await release()

    await jobDone(answerId)
    assert.equal((await lastAnswer(discussionId)).status, 'stopped')
    assert.equal(table.fake.calls.length, 0)
    assert.lengthOf(await usageOf(answerId), 0)
  })

  test('of an answer that has ended changes nothing', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { discussionId, messagePath } = await start(table)
    const before = await answerIn(discussionId, 'complete')

    assert.equal((await table.member.post(`${messagePath}/cancellation`)).status, 302)

    assert.deepEqual(await lastAnswer(discussionId), before)
  })
})

test.group('Retry', () => {
  test('after a failure is a second attempt and one more call', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    table.fake.enqueue(errorScript(400), messageScript({ text: ['Now it works.'] }))
    const { discussionId, messagePath, answerId, path } = await start(table)
    await answerIn(discussionId, 'failed')

    await table.member.post(`${messagePath}/attempts`)

    const row = await answerIn(discussionId, 'complete')
    assert.deepInclude(row, {
      id: answerId,
      attempt: 2,
      content: 'Now it works.',
      error_code: null,
    })
    assert.equal(table.fake.calls.length, 2)
    assert.deepEqual(table.fake.calls[1].body.messages, table.fake.calls[0].body.messages)
    const usage = await usageOf(answerId)
    assert.deepEqual(
      usage.map(({ attempt }) => attempt),
      [2]
    )
    assert.isNull((await shown(table.member, path))[1].error)
  })

  test('by two people at once is one attempt', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    table.fake.enqueue(errorScript(400))
    const { discussionId, messagePath, answerId } = await start(table)
    await answerIn(discussionId, 'failed')
    const admin = await Visitor.signedIn(table.people.admin, table.host)

    const lock = await everywhere().transaction()
    context.cleanup(async () => {
      if (!lock.isCompleted) await lock.rollback()
    })
    await lock.from('app.messages').where('id', answerId).forUpdate().select('id')
    const retries = Promise.all(
      [table.member, admin].map((visitor) => visitor.post(`${messagePath}/attempts`))
    )
    await until('both to wait for the row', twoWaitForOneRow)
    await lock.rollback()

    assert.deepEqual(
      (await retries).map(({ status }) => status),
      [302, 302]
    )
    const row = await answerIn(discussionId, 'complete')
    await jobDone(answerId)
    assert.equal(row.attempt, 2)
    assert.equal(table.fake.calls.length, 2)
    assert.lengthOf(await jobsOf(answerId), 2)
  })

  test('of a complete answer is refused', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    const { discussionId, messagePath, path } = await start(table)
    const before = await answerIn(discussionId, 'complete')
    const [question] = await shown(table.member, path)

    const reply = await table.member.post(`${messagePath}/attempts`, {}, json)
    const ofQuestion = await table.member.post(`${path}/messages/${question.id}/attempts`, {}, json)

    assert.equal(reply.status, 422)
    assert.equal(ofQuestion.status, 422)
    assert.deepEqual(await lastAnswer(discussionId), before)
    assert.equal(table.fake.calls.length, 1)
  })

  test('of a message through another discussion is not found', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    table.fake.enqueue(errorScript(400))
    const first = await start(table)
    await answerIn(first.discussionId, 'failed')
    const second = await start(table)
    await answerIn(second.discussionId, 'complete')

    const reply = await table.member.post(
      `${second.path}/messages/${first.answerId}/attempts`,
      {},
      json
    )

    assert.equal(reply.status, 404)
    assert.equal((await lastAnswer(first.discussionId)).status, 'failed')
  })
})

test.group('An answer whose asker lost the right to it', () => {
  const losses: [string, (userId: string, tenantId: string) => Promise<unknown>][] = [
    ['left', (userId) => everywhere().from('app.memberships').where('user_id', userId).delete()],
    [
      'only views now',
      (userId) =>
        everywhere().from('app.memberships').where('user_id', userId).update({ role: 'viewer' }),
    ],
    [
      'was disabled',
      (userId) =>
        everywhere().from('app.users').where('id', userId).update({ disabled_at: new Date() }),
    ],
  ]
  for (const [loss, lose] of losses) {
    test(`because they ${loss} fails with a sentence and without a call`, async (context) => {
      const { assert } = context
      const table = await makeTable(context)
      const release = await restWorkers(context)
      const { discussionId, answerId, path } = await start(table)

      await lose(table.people.member.id, table.tenant.id)
      await release()

      const row = await answerIn(discussionId, 'failed')
      await jobDone(answerId)
      assert.equal(row.error_code, 'not_allowed')
      assert.include(row.error_message, 'right')
      assert.equal(table.fake.calls.length, 0)
      assert.lengthOf(await usageOf(answerId), 0)
      const owner = await Visitor.signedIn(table.people.owner, table.host)
      assert.isTrue((await shown(owner, path))[1].can.retry)
    })
  }
})

async function jobsOf(messageId: string): Promise<{ state: string }[]> {
  return everywhere().from('pgboss.job').whereRaw(`data->>'messageId' = ?`, [messageId])
}

async function jobDone(messageId: string) {
  await until('the end of the jobs', async () =>
    (await jobsOf(messageId)).every(({ state }) => ['completed', 'failed'].includes(state))
  )
}

/** The first in the queue for a row waits for its holder's transaction, the second for the row. */
async function twoWaitForOneRow() {
  const { rows } = await everywhere().rawQuery(
    `select 1 from pg_locks where not granted and locktype = 'tuple'
     and database = (select oid from pg_database where datname = current_database())`
  )
  return rows.length > 0
}
