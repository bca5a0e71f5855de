import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { restWorkers, until } from '#tests/support/workers'
import {
  answerIn,
  everywhere,
  lastAnswer,
  makeTable,
  shown,
  start,
  storedText,
  usageOf,
} from '#tests/functional/discussions/support'
import { startServer, terminateBackends } from './support.js'

const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `word${from + n} `)

test.group('A killed server', () => {
  test('leaves nothing lost, nothing stuck and nothing paid twice', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    await restWorkers(context)
    const taken = await start(table)
    const claimed = await start(table)
    const unsent = [taken, claimed]
    const ids = unsent.map(({ answerId }) => answerId)
    const release = await lockMessages(context, ids)
    const first = await startServer(context, table.fake)
    await until('the jobs to be taken', () => areTaken(ids))
    const live = table.fake.live()
    const halfway = await start(table)
    const sent = words(0, 50)
    live.text(...sent)
    await storedText(halfway.discussionId, sent.join(''))
    live.text('never stored')

    await first.kill()
    await release()
    // As a worker leaves it that dies between taking an answer and asking the vendor.
    await everywhere()
      .from('app.messages')
      .where('id', claimed.answerId)
      .update({ status: 'streaming', started_at: new Date() })
    assert.equal(table.fake.calls.length, 1)
    const restartedAt = Date.now()
    const second = await startServer(context, table.fake)
    await reach(halfway.discussionId, 'interrupted')
    for (const { discussionId } of unsent) await reach(discussionId, 'complete')

    assert.isBelow(Date.now() - restartedAt, 30_000)
    const row = await lastAnswer(halfway.discussionId)
    assert.isTrue(`${sent.join('')}never stored`.startsWith(row.content))
    assert.include(row.content, sent.join(''))
    assert.equal(table.fake.calls.length, 3)
    const [usage] = await usageOf(halfway.answerId)
    assert.isTrue(usage.estimated)
    for (const { answerId } of unsent) assert.lengthOf(await usageOf(answerId), 1)

    table.member.port = second.port
    const answer = (await shown(table.member, halfway.path))[1]
    assert.isTrue(answer.can.retry)
    assert.include(answer.html, 'word49')
    await table.member.post(`${halfway.messagePath}/attempts`)
    const retried = await answerIn(halfway.discussionId, 'complete')
    assert.equal(retried.attempt, 2)
    assert.equal(table.fake.calls.length, 4)
  }).timeout(120_000)
})

test.group('A server that is asked to stop', () => {
  test('lets answers end within its grace, interrupts the others and goes by itself', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    await restWorkers(context)
    const [soon, late] = [table.fake.live(), table.fake.live()]
    const server = await startServer(context, table.fake)
    const ending = await start(table)
    soon.text('Almost ')
    await storedText(ending.discussionId, 'Almost ')
    const endless = await start(table)
    late.text('On and on')
    await storedText(endless.discussionId, 'On and on')

    const askedAt = Date.now()
    server.terminate()
    const waiting = await start(table)
    soon.text('there.')
    soon.finish()

    const { code, signal } = await server.exited
    assert.isBelow(Date.now() - askedAt, 30_000)
    assert.deepEqual({ code, signal }, { code: 0, signal: null })
    const done = await lastAnswer(ending.discussionId)
    assert.deepInclude(done, { status: 'complete', content: 'Almost there.' })
    const cut = await lastAnswer(endless.discussionId)
    assert.deepInclude(cut, {
      status: 'interrupted',
      content: 'On and on',
      error_code: 'restarted',
    })
    assert.equal((await lastAnswer(waiting.discussionId)).status, 'queued')
    assert.equal(table.fake.calls.length, 2)
    await table.member.post(`${waiting.messagePath}/cancellation`)
  }).timeout(120_000)
})

test.group('A database that drops its connections', () => {
  test('in mid-answer costs no text and no server', async (context) => {
    const { assert } = context
    const table = await makeTable(context)
    await restWorkers(context)
    const live = table.fake.live()
    const server = await startServer(context, table.fake)
    const { discussionId, path, answerId } = await start(table)
    live.text('Before. ')
    await storedText(discussionId, 'Before. ')

    // Once while it stores what has come, once while it stores the end.
    for (const last of [false, true]) {
      const release = await lockMessages(context, [answerId])
      live.text(last ? 'After.' : 'During. ')
      if (last) live.finish()
      await until('a statement to wait', somebodyWaits)
      assert.isAbove(await terminateBackends(), 0)
      await release()
      if (!last) await storedText(discussionId, 'Before. During. ')
    }

    const row = await answerIn(discussionId, 'complete')
    assert.equal(row.content, 'Before. During. After.')
    assert.equal(table.fake.calls.length, 1)
    table.member.port = server.port
    assert.lengthOf(await shown(table.member, path), 2)
    const next = await start(table)
    await answerIn(next.discussionId, 'complete')
  }).timeout(120_000)
})

/** Waits as long as a crashed worker's job may take to come again. */
function reach(discussionId: string, status: string) {
  return until(
    `an answer that is ${status}`,
    async () => (await lastAnswer(discussionId)).status === status,
    30_000
  )
}

/** Makes whoever takes these answers wait until the returned function is called. */
async function lockMessages(
  context: { cleanup: (fn: () => Promise<void>) => void },
  ids: string[]
) {
  const trx = await db.connection('admin').transaction()
  const release = async () => {
    if (!trx.isCompleted) await trx.rollback()
  }
  context.cleanup(release)
  await trx.from('app.messages').whereIn('id', ids).forUpdate().select('id')
  return release
}

async function somebodyWaits() {
  const { rows } = await everywhere().rawQuery(
    `select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where not l.granted and a.datname = current_database()`
  )
  return rows.length > 0
}

async function areTaken(messageIds: string[]) {
  const jobs = await everywhere()
    .from('pgboss.job')
    .whereRaw(`data->>'messageId' = any(?)`, [messageIds])
    .where('state', 'active')
    .select('id')
  return jobs.length === messageIds.length
}
