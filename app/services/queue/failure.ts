import { Exception } from '@adonisjs/core/exceptions'
import type { JobFailure } from './job.ts'

const UNEXPECTED = 'Something went wrong on our side. Try again.'

/**
 * What may be kept of an error in the queue. Only our own exceptions speak for themselves: the message of
 * any other may quote a key, a prompt or a row.
 */
export function toFailure(error: unknown): JobFailure {
  if (error instanceof Exception)
    return { code: error.code ?? 'E_JOB_FAILED', message: error.message }
  return { code: 'E_JOB_FAILED', message: UNEXPECTED }
}

/** Reads back what the queue kept of the last attempt; a worker that died left no failure of its own. */
export function readFailure(output: unknown): JobFailure {
  if (isFailure(output)) return { code: output.code, message: output.message }
  return { code: 'E_JOB_LOST', message: 'The server stopped while this was running. Try again.' }
}

function isFailure(value: unknown): value is JobFailure {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}
