import nyx from '#config/nyx'
import env from '#start/env'
import { defineConfig } from '@adonisjs/core/http'
import proxyAddr from 'proxy-addr'

export const appKey = env.get('APP_KEY')

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,

  /** Only the addresses of TRUST_PROXY may speak for a client; by default nobody may. */
  trustProxy: nyx.trustProxy ? proxyAddr.compile(nyx.trustProxy.split(',')) : () => false,

  cookie: {
    domain: '',
    path: '/',
    maxAge: '365d',
    httpOnly: true,
    secure: nyx.https,
    sameSite: 'lax',
  },
})
