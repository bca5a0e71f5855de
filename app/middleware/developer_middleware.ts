import nyx from '#config/nyx'
import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** `/dev/*` exists in demo and development, for whoever sits at this machine. */
export default class DeveloperMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    const peer = request.request.socket.remoteAddress ?? ''
    const loopback = /^(::ffff:)?127\.|^::1$/.test(peer)
    if (!nyx.developer || !loopback)
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return next()
  }
}
