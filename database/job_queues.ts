import { deadLetterQueue, type JobDefinition } from '#services/queue/job'

type QueueSpec = Pick<JobDefinition, 'name'> & { exclusive?: boolean }

/**
 * Makes the queue of a kind of job and the one for those that failed for good. How often and how long a job
 * is tried travels with each job, so the definition can change without a migration; `exclusive` cannot.
 */
export function createJobQueue({ name, exclusive = false }: QueueSpec): string {
  const dead = deadLetterQueue(name)
  return [
    // What marks the record failed must itself not give up early.
    createQueue(dead, {
      policy: 'standard',
      retryLimit: 20,
      retryDelay: 5,
      retryBackoff: true,
      heartbeatSeconds: 10,
    }),
    createQueue(name, {
      policy: exclusive ? 'exclusive' : 'standard',
      deadLetter: dead,
      heartbeatSeconds: 10,
      notify: true,
    }),
  ].join('\n')
}

/** Drops both queues and every job in them. */
export function dropJobQueue(name: string): string {
  return [name, deadLetterQueue(name)]
    .map((queue) => `select pgboss.delete_queue('${queue}');`)
    .join('\n')
}

function createQueue(name: string, options: Record<string, string | number | boolean>) {
  return `select pgboss.create_queue('${name}', '${JSON.stringify(options)}'::jsonb);`
}
