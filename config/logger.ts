import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig, targets } from '@adonisjs/core/logger'

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'nyxcore',
      level: env.get('LOG_LEVEL', app.inProduction ? 'info' : app.inTest ? 'fatal' : 'debug'),
      redact: {
        paths: [
          'password',
          'apiKey',
          'authorization',
          'cookie',
          '*.apiKey',
          '*.authorization',
          '*.cookie',
        ],
      },
      transport: {
        targets: targets()
          .pushIf(app.inDev, targets.pretty())
          .pushIf(!app.inDev, targets.file({ destination: 1 }))
          .toArray(),
      },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
