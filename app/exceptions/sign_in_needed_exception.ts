import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'

export default class SignInNeededException extends Exception {
  static status = 401
  static code = 'E_SIGN_IN_NEEDED'
  static message = 'You are signed out. Sign in to go on.'

  async handle(error: this, ctx: HttpContext) {
    const { request, response, session } = ctx
    if (request.accepts(['html', 'json']) === 'json')
      return response
        .status(error.status)
        .send({ errors: [{ code: error.code, message: error.message }] })
    if (request.method() === 'GET') session.setIntendedUrl(request.url(true))
    return response.redirect().toPath('/sign-in')
  }
}
