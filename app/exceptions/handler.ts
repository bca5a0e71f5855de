import app from '@adonisjs/core/services/app'
import { Exception } from '@adonisjs/core/exceptions'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import type { HttpError } from '@adonisjs/core/types/http'
import { leaveScope } from '#services/tenancy/index'
import { describeFailure } from './describe_failure.ts'

export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = app.inDev
  protected renderStatusPages = true

  protected statusPages = {
    '400..599': (error: { status: number; message: string; code?: string }, ctx: HttpContext) =>
      ctx.inertia.render('errors/show', describeFailure(error)),
  } as const

  /**
   * Runs inside the middleware that opened the unit of work: so the unit is rolled back first, and the answer
   * is made outside of it.
   */
  async handle(error: unknown, ctx: HttpContext) {
    const answer = await leaveScope(error, () => super.handle(readable(error), ctx))
    // Our forms keep what was typed; the framework would keep all of a refused body in the session's row.
    const { session } = ctx as Partial<HttpContext>
    if (session?.initiated) session.responseFlashMessages.unset('input')
    return answer
  }

  /** The message of an error of ours may hold SQL or a path: JSON gets the sentence that the page shows. */
  async renderErrorAsJSON(error: HttpError, ctx: HttpContext) {
    if (error.status < 500 || this.isDebuggingEnabled(ctx))
      return super.renderErrorAsJSON(error, ctx)
    ctx.response.status(error.status).send({ message: describeFailure(error).detail })
  }

  async renderErrorAsJSONAPI(error: HttpError, ctx: HttpContext) {
    if (error.status < 500 || this.isDebuggingEnabled(ctx))
      return super.renderErrorAsJSONAPI(error, ctx)
    const title = describeFailure(error).detail
    ctx.response.status(error.status).send({ errors: [{ title, status: error.status }] })
  }
}

/** Errors of the platform whose cause is known: what came could not be decoded, or a row was held for too long. */
function readable(error: unknown) {
  if (error instanceof URIError)
    return new Exception('It holds a "%" that stands for nothing.', {
      status: 400,
      code: 'E_NOT_DECODABLE',
    })
  if (error instanceof Error && 'code' in error && BUSY.includes(String(error.code)))
    return new Exception('The database was busy for too long.', { status: 503, code: 'E_BUSY' })
  return error
}

/** PostgreSQL's lock_not_available and query_canceled. */
const BUSY = ['55P03', '57014']
