import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Exception } from '@adonisjs/core/exceptions'

class CompressedBodyException extends Exception {
  static status = 415
  static code = 'E_COMPRESSED_BODY'
  static message = 'Compressed bodies are not read here.'
}

/** No browser compresses what it sends: whoever does would have us unpack it first. */
export default class PlainBodyMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const encoding = request.header('content-encoding', 'identity')
    if (encoding?.toLowerCase() !== 'identity') throw new CompressedBodyException()
    return next()
  }
}
