import env from '#start/env'
import nyx from '#config/nyx'
import app from '@adonisjs/core/services/app'

const queueConfig = {
  engine: {
    databaseUrl: env.get('DATABASE_URL'),
    worker: app.inTest || nyx.roles.includes('worker'),
    poolMax: 5,
    heartbeatSeconds: 10,
    heartbeatRefreshSeconds: 1,
    superviseSeconds: 3,
    pollSeconds: 2,
    drainGraceMs: 10_000,
    drainDeadlineMs: 25_000,
  },
}

export default queueConfig
