export { cancelJob, enqueue } from './enqueue.ts'
export { JobInterrupted, QueueError, RolesError } from './errors.ts'
export {
  defineJob,
  describeJob,
  type GlobalPayload,
  type JobContext,
  type JobDefinition,
  type JobFailure,
  type JobKind,
  type JobPayload,
  type TenantPayload,
} from './job.ts'
export { JobEngine, type QueueHealth, type SendOptions } from './job_engine.ts'
export { assertRoles } from './roles.ts'
export { type Authorize } from './runner.ts'
export { queueHealth, startWorkers, type WorkerOptions } from './workers.ts'
