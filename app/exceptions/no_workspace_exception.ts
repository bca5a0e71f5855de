import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'

export default class NoWorkspaceException extends Exception {
  static status = 403
  static code = 'E_NO_WORKSPACE'
  static message = 'You are not a member of this workspace.'

  async handle(error: this, { request, response }: HttpContext) {
    if (request.accepts(['html', 'json']) === 'json')
      return response
        .status(error.status)
        .send({ errors: [{ code: error.code, message: error.message }] })
    return response.redirect().toPath('/no-workspace')
  }
}
