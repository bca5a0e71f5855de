import type { Logger } from '@adonisjs/core/logger'
import { QueueError } from './errors.ts'
import type { TenantPayload } from './job.ts'
import type { JobRunner } from './job_engine.ts'

/** Whether the tenant is still there and the actor may still run things in it. */
export type Authorize = (payload: TenantPayload) => Promise<boolean>

const NOT_ALLOWED = {
  code: 'E_JOB_NOT_ALLOWED',
  message: 'The right to run this was gone when its turn came.',
}

/** Runs jobs for an engine. Asks again who wanted it, because a job may wait longer than a membership lasts. */
export function createRunner(authorize: Authorize, logger: Logger): JobRunner {
  return {
    async run(job, payload, context) {
      if (job.global) return job.handle(payload, context)
      if (payload.tenantId === null) throw QueueError.noTenant(job.name)
      if (await authorize(payload)) return job.handle(payload, context)

      const { tenantId, actorId } = payload
      const { jobId } = context
      logger.warn(
        { job: job.name, jobId, tenantId, actorId },
        'job ended: the actor lost the right to it'
      )
      await job.onDead?.(payload, NOT_ALLOWED)
    },

    async bury(job, payload, failure) {
      logger.error({ job: job.name, tenantId: payload.tenantId, failure }, 'job failed for good')
      await job.onDead?.(payload, failure)
    },
  }
}
