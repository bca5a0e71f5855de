import type { HttpContext } from '@adonisjs/core/http'
import { signOut } from '#services/identity/index'
import { closeStreams } from '#services/realtime/index'

export default class SessionsController {
  async destroy({ identity, response, session }: HttpContext) {
    if (identity) {
      await signOut(identity.sessionHash)
      closeStreams({ sessionHash: identity.sessionHash })
    }
    session.clear()
    session.regenerate()
    return response.redirect().toRoute('sign_in.create')
  }
}
