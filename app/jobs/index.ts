import { mayStillWork } from '#services/identity/index'
import type { Authorize, JobDefinition } from '#services/queue/index'
import sendSignInLink from '#jobs/send_sign_in_link_job'

/** Every kind of job a worker takes. Each has its queue in a migration. */
export const jobs: JobDefinition[] = [sendSignInLink]

export const authorizeJob: Authorize = ({ tenantId, actorId }) => mayStillWork(tenantId, actorId)
