import { Exception } from '@adonisjs/core/exceptions'

/** A mistake in our code or in the installation: a job that cannot be sent or worked as it is defined. */
export class QueueError extends Exception {
  static status = 500
  static code = 'E_QUEUE'

  static badName(name: string) {
    return new QueueError(
      `"${name}" is no name for a job: use small letters, digits and underscores.`
    )
  }

  static otherTenant(job: string) {
    return new QueueError(`The job ${job} names another tenant than the scope it is sent from.`)
  }

  static keyMismatch(job: string, exclusive: boolean) {
    return new QueueError(
      exclusive
        ? `The job ${job} is exclusive: send it with a singletonKey.`
        : `The job ${job} is not exclusive: it takes no singletonKey.`
    )
  }

  static missingQueue(names: string[]) {
    return new QueueError(
      `The database has no queue for ${names.join(', ')}: add it in a migration and run the migrations.`
    )
  }

  static otherPolicy(name: string, expected: string) {
    return new QueueError(
      `The queue ${name} must have the policy ${expected}: correct it in a migration.`
    )
  }

  static noTenant(job: string) {
    return new QueueError(`The job ${job} came without a tenant, and only global jobs may.`)
  }
}

/** This process was given roles that do not work together. */
export class RolesError extends Exception {
  static status = 500
  static code = 'E_ROLES'
}

/**
 * Why a handler's signal was aborted. `drain`: this process is shutting down, the job goes on elsewhere
 * when the handler throws. `lost`: the job was cancelled, timed out or was taken over, and nothing this
 * attempt still does counts.
 */
export class JobInterrupted extends Exception {
  static status = 503
  static code = 'E_JOB_INTERRUPTED'

  constructor(public why: 'drain' | 'lost') {
    super(why === 'drain' ? 'The server is restarting.' : 'The job was cancelled or taken over.')
  }
}
