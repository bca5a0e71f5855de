import env from '#start/env'
import app from '@adonisjs/core/services/app'

const nodeEnv = env.get('NODE_ENV')
const demo = env.get('NYX_DEMO', false)
const appUrl = new URL(env.get('APP_URL'))

/** What is our own: the apex, the roles of this process, the demo switch. */
const nyxConfig = {
  /** The apex: host names below it are tenants. */
  appUrl,
  https: appUrl.protocol === 'https:',
  host: env.get('HOST'),
  demo,
  /** `/dev/*`, the printed link and `<slug>.localhost` exist only here. */
  developer: demo || nodeEnv === 'development' || nodeEnv === 'test',
  /** Print a sign-in link for the demo's owner when the server is up. */
  printLink: demo && env.get('NYX_PRINT_LINK', false),
  allowHttp: env.get('ALLOW_HTTP', false),
  roles: env
    .get('NYX_ROLES', 'web,worker')
    .split(',')
    .map((role) => role.trim()),
  trustProxy: env.get('TRUST_PROXY', ''),
  dataDir: env.get('NYX_DATA_DIR') ?? app.makePath('storage'),
}

export default nyxConfig
