import nyx from '#config/nyx'
import { configProvider } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/session'
import type { HttpContext } from '@adonisjs/core/http'

export default defineConfig({
  enabled: true,
  cookieName: nyx.https ? '__Host-nyx_session' : 'nyx_session',
  clearWithBrowser: false,
  age: '30d',
  cookie: { path: '/', httpOnly: true, secure: nyx.https, sameSite: 'lax' },
  store: 'postgres',
  stores: {
    postgres: configProvider.create(async () => {
      const { PostgresSessionStore } = await import('#services/identity/index')
      return (ctx: HttpContext) => new PostgresSessionStore(ctx)
    }),
  },
})
