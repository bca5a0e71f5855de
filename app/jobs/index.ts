import { mayStillWork } from '#services/identity/index'
import type { JobDefinition, TenantPayload } from '#services/queue/index'
import AnswerJob from './answer_job.ts'
import SendSignInLinkJob from './send_sign_in_link_job.ts'

/** What a worker works. */
export const jobs: JobDefinition[] = [AnswerJob, SendSignInLinkJob]

export async function authorizeJob({ tenantId, actorId }: TenantPayload): Promise<boolean> {
  return mayStillWork(tenantId, actorId)
}
