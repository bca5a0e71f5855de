import nyx from '#config/nyx'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/shield'

/** Pages add a nonce for their scripts. */
export const contentPolicy: Record<string, string[]> = {
  defaultSrc: [`'self'`],
  scriptSrc: [`'self'`, '@nonce', ...(app.inDev ? [`'unsafe-eval'`] : [])],
  styleSrc: [`'self'`, ...(app.inDev ? [`'unsafe-inline'`] : [])],
  styleSrcAttr: [`'unsafe-inline'`],
  fontSrc: [`'self'`],
  imgSrc: [`'self'`, 'blob:'],
  connectSrc: [`'self'`, ...(app.inDev ? ['ws:'] : [])],
  objectSrc: [`'none'`],
  baseUri: [`'none'`],
  frameAncestors: [`'none'`],
  formAction: [`'self'`],
}

export default defineConfig({
  csp: {
    enabled: true,
    directives: contentPolicy,
    reportOnly: false,
  },
  csrf: {
    enabled: true,
    exceptRoutes: [],
    enableXsrfCookie: true,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  xFrame: { enabled: true, action: 'DENY' },
  hsts: { enabled: nyx.https, maxAge: '180 days' },
  contentTypeSniffing: { enabled: true },
})
