import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { errors } from '@adonisjs/core'
import { readHost } from '#services/tenancy/index'

/** Reads where the request goes, from the Host header alone. */
export default class HostMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const requested = readHost(ctx.request.header('host'))
    if (!requested) throw new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])
    ctx.requestedHost = requested
    return next()
  }
}
