import { createRunner } from '#services/queue/runner'
import { defineJob, describeJob, type TenantPayload } from '#services/queue/job'
import { PgBossEngine } from '#services/queue/pg_boss_engine'
import { Logger } from '@adonisjs/core/logger'

/** A worker that takes a job and never gets anywhere with it, to be killed. */
const [name, settings] = process.argv.slice(2)
const logger = new Logger({ enabled: true, level: 'error' })

const job = defineJob(describeJob<TenantPayload>({ name }), {
  handle: () => new Promise<never>(() => {}),
  onDead: async () => {},
})

const engine = new PgBossEngine(JSON.parse(settings), logger)
await engine.work(
  [job],
  createRunner(async () => true, logger)
)
