import queueConfig from '#config/queue'
import { createJobQueue, dropJobQueue } from '#database/job_queues'
import { createRunner, type Authorize } from '#services/queue/runner'
import {
  defineJob,
  describeJob,
  enqueue,
  type JobDefinition,
  type JobKind,
  type SendOptions,
  type TenantPayload,
} from '#services/queue/index'
import { withTenantScope } from '#services/tenancy/index'
import { PgBossEngine, type PgBossSettings } from '#services/queue/pg_boss_engine'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import type { TestContext } from '@japa/runner/core'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'

type JobRow = { id: string; state: string; retry_count: number }

/** A job's name that no other test uses, with its queues, gone after the test. */
export async function makeQueue(context: TestContext, spec: { exclusive?: boolean } = {}) {
  const name = `probe_${randomBytes(6).toString('hex')}`
  const migrator = db.connection('migrate')
  await migrator.rawQuery(createJobQueue({ name, ...spec }))
  context.cleanup(async () => {
    await migrator.rawQuery(dropJobQueue(name))
  })
  return name
}

type Payload = TenantPayload & { recordId: string }

/** Ids of nobody: the queue itself asks for no rows behind them. */
export function makePayload(tenantId = uuid()): Payload {
  return { tenantId, actorId: uuid(), recordId: uuid() }
}

/** A job that does what the test says and dies quietly. */
export function makeJob(
  name: string,
  handle: JobDefinition<Payload>['handle'],
  spec: Partial<Omit<JobKind, 'name' | 'global' | 'payload'>> & {
    onDead?: JobDefinition<Payload>['onDead']
  } = {}
) {
  const { onDead = async () => {}, ...kind } = spec
  return defineJob(describeJob<Payload>({ ...kind, name }), { handle, onDead })
}

/** Sends as a request would: in the unit of work of the payload's tenant. */
export async function send(
  job: JobDefinition<Payload>,
  payload = makePayload(),
  options: SendOptions = {}
) {
  const claim = { tenantId: payload.tenantId, userId: payload.actorId }
  return withTenantScope(claim, () => enqueue(job, payload, options))
}

/** A worker of its own in this process. */
export async function startWorker(
  context: TestContext,
  job: JobDefinition<Payload>,
  options: Partial<PgBossSettings> & { authorize?: Authorize } = {}
) {
  const { authorize = async () => true, ...settings } = options
  const engine = new PgBossEngine({ ...queueConfig.engine, ...settings }, logger)
  context.cleanup(() => engine.stop())
  await engine.work([job], createRunner(authorize, logger))
  return engine
}

export async function jobsIn(queue: string): Promise<JobRow[]> {
  return db
    .connection('app')
    .from('pgboss.job')
    .where('name', queue)
    .orderBy('created_on')
    .select('id', 'state', 'retry_count')
}

/** Asks again and again until `condition` holds. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000) {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not true within ${timeoutMs} ms: ${condition}`)
    await pause(50)
  }
}
