import { enqueue, queueHealth, QueueError } from '#services/queue/index'
import { withTenantScope } from '#services/tenancy/index'
import { PgBossEngine } from '#services/queue/pg_boss_engine'
import queueConfig from '#config/queue'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { jobsIn, makeJob, makePayload, makeQueue, send, startWorker, until } from './support.js'

test.group('Queue: sending', () => {
  test('a unit of work that rolls back leaves no job', async (context) => {
    const job = makeJob(await makeQueue(context), async () => {})
    const payload = makePayload()

    const unit = withTenantScope(
      { tenantId: payload.tenantId, userId: payload.actorId },
      async () => {
        await enqueue(job, payload)
        throw new Error('the unit fails')
      }
    )

    await context.assert.rejects(() => unit, 'the unit fails')
    context.assert.isEmpty(await jobsIn(job.name))
  })

  test('a unit of work that commits has its job run, with the payload it sent', async (context) => {
    const seen: object[] = []
    const job = makeJob(await makeQueue(context), async (payload, { attempt }) => {
      seen.push({ payload, attempt })
    })
    const payload = makePayload()
    await startWorker(context, job)

    await send(job, payload)

    await until(() => seen.length > 0)
    context.assert.deepEqual(seen, [{ payload, attempt: 1 }])
    await until(async () => (await jobsIn(job.name))[0].state === 'completed')
  })

  test('a job is sent in the transaction it is given', async (context) => {
    const job = makeJob(await makeQueue(context), async () => {})

    const trx = await db.connection('app').transaction()
    await enqueue(job, makePayload(), { trx })
    const before = await jobsIn(job.name)
    await trx.commit()

    context.assert.isEmpty(before)
    context.assert.lengthOf(await jobsIn(job.name), 1)
  })

  test('a unit of work sends no job in the name of another tenant', async (context) => {
    const job = makeJob(await makeQueue(context), async () => {})
    const own = makePayload()

    await context.assert.rejects(() =>
      withTenantScope({ tenantId: own.tenantId, userId: own.actorId }, () =>
        enqueue(job, makePayload())
      )
    )
    context.assert.isEmpty(await jobsIn(job.name))
  })

  test('outside any unit of work a tenant job is refused', async (context) => {
    const job = makeJob(await makeQueue(context), async () => {})

    await context.assert.rejects(() => enqueue(job, makePayload()))
  })

  test('of an exclusive job there is one for a key and tenant', async (context) => {
    const queue = await makeQueue(context, { exclusive: true })
    const job = makeJob(queue, async () => {}, { exclusive: true })
    const payload = makePayload()

    const first = await send(job, payload, { singletonKey: 'run-1' })
    const second = await send(job, payload, { singletonKey: 'run-1' })
    const otherTenant = await send(job, makePayload(), { singletonKey: 'run-1' })

    context.assert.isString(first)
    context.assert.isNull(second)
    context.assert.isString(otherTenant)
    await context.assert.rejects(() => send(job, payload))
  })

  test('a worker refuses a job that has no queue', async (context) => {
    const job = makeJob('probe_without_queue', async () => {})

    await context.assert.rejects(() => startWorker(context, job), QueueError)
  })

  test('the app role changes rows of the queue and nothing else', async ({ assert }) => {
    const app = db.connection('app')

    await assert.rejects(
      () => app.rawQuery('create table pgboss.intruder (id int)'),
      /permission denied/
    )
    await assert.rejects(() => app.rawQuery('truncate pgboss.job_common'), /permission denied/)
    await assert.rejects(() => app.rawQuery(`select pgboss.delete_queue('x')`), /permission denied/)
  })
})

test.group('Queue: health', () => {
  test('a queue that answers is well', async ({ assert }) => {
    const health = await queueHealth()

    assert.isTrue(health.ok)
    assert.isAtLeast(health.latencyMs, 0)
  })

  test('a queue whose database is gone is not', async ({ assert }) => {
    const databaseUrl = 'postgres://nobody@127.0.0.1:1/nothing'
    const engine = new PgBossEngine({ ...queueConfig.engine, worker: false, databaseUrl }, logger)

    assert.isFalse((await engine.health()).ok)
  })
})
