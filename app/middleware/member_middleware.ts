import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import SignInNeededException from '#exceptions/sign_in_needed_exception'
import NoWorkspaceException from '#exceptions/no_workspace_exception'

/** Lets members of the workspace through, and shows everybody else the door that fits. No cache keeps a page. */
export default class MemberMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (!ctx.identity) throw new SignInNeededException()
    if (!ctx.tenant || !ctx.membership) throw new NoWorkspaceException()
    ctx.response.header('Cache-Control', 'private, no-store')
    return next()
  }
}
