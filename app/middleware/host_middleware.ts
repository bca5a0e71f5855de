import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { errors } from '@adonisjs/core'
import { readHost } from '#services/tenancy/index'

/** Reads where the request goes, from the Host header alone; two of them name nothing. */
export default class HostMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const named = ctx.request.request.headersDistinct.host ?? []
    const requested = named.length === 1 ? readHost(named[0]) : null
    if (!requested) throw new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])
    ctx.requestedHost = requested
    return next()
  }
}
