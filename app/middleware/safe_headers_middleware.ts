import { contentPolicy } from '#config/shield'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const policy = Object.entries(contentPolicy)
  .map(([name, sources]) => {
    const directive = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return `${directive} ${sources.filter((source) => source !== '@nonce').join(' ')}`
  })
  .join(';')

/** What no route answers has a policy too: files, unknown paths, refusals. Pages replace it by theirs with a nonce. */
export default class SafeHeadersMiddleware {
  handle({ response }: HttpContext, next: NextFn) {
    // Straight to Node's response: the file server passes by ours.
    response.response.setHeader('Content-Security-Policy', policy)
    response.response.setHeader('X-Content-Type-Options', 'nosniff')
    return next()
  }
}
