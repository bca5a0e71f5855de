import { posix } from 'node:path'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { errors } from '@adonisjs/core'

/** The server's own bundle and the build's manifest lie beside the public assets; nobody may fetch them. */
export default class PrivateAssetsMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const path = plainPath(request.url())
    if (path === null || path.startsWith('/assets/server') || path.startsWith('/assets/.'))
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return next()
  }
}

/** The path as the file server would understand it; null when it cannot be decoded. */
function plainPath(url: string): string | null {
  try {
    return posix.normalize(decodeURIComponent(url).replaceAll('\\', '/')).toLowerCase()
  } catch {
    return null
  }
}
