import SignInNeededException from '#exceptions/sign_in_needed_exception'
import type { HttpContext } from '@adonisjs/core/http'

/** Signed in, and in no workspace of this address. */
export default class WorkspacesController {
  async none({ identity, inertia, membership, response }: HttpContext) {
    if (!identity) throw new SignInNeededException()
    if (membership) return response.redirect().toRoute('home')
    return inertia.render('auth/no_workspace', {})
  }
}
