import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'

/** The model that was chosen cannot be asked. What was typed stays where it is, with the sentence beside it. */
export default class ModelNotUsableException extends Exception {
  static status = 422
  static code = 'E_MODEL_NOT_USABLE'

  async handle(error: this, { request, response, session }: HttpContext) {
    const { code, message, status } = error
    if (request.accepts(['html', 'json']) === 'json')
      return response.status(status).send({ errors: [{ field: 'model', code, message }] })

    const isForm = request.input('model') !== undefined
    if (isForm) session.flash('inputErrorsBag', { model: [message] })
    else session.flashErrors({ [String(code)]: message })
    return response.redirect().back()
  }
}
