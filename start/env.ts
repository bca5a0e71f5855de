import { Env } from '@adonisjs/core/env'

/** Every variable the server knows. `.env.example` explains them one by one; only config/ reads them. */
export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),
  APP_KEY: Env.schema.secret(),
  APP_URL: Env.schema.string({ format: 'url', tld: false }),
  LOG_LEVEL: Env.schema.enum.optional([
    'trace',
    'debug',
    'info',
    'warn',
    'error',
    'fatal',
    'silent',
  ] as const),
  TRUST_PROXY: Env.schema.string.optional(),
  ALLOW_HTTP: Env.schema.boolean.optional(),

  NYX_DEMO: Env.schema.boolean.optional(),
  NYX_PRINT_LINK: Env.schema.boolean.optional(),
  NYX_ROLES: Env.schema.string.optional(),
  NYX_DATA_DIR: Env.schema.string.optional(),

  DATABASE_URL: Env.schema.string(),
  DATABASE_ADMIN_URL: Env.schema.string(),
  DATABASE_MIGRATE_URL: Env.schema.string(),
  DATABASE_POOL_MAX: Env.schema.number.optional(),

  MAIL_FROM: Env.schema.string.optional(),
  SMTP_HOST: Env.schema.string.optional(),
  SMTP_PORT: Env.schema.number.optional(),
  SMTP_USERNAME: Env.schema.string.optional(),
  SMTP_PASSWORD: Env.schema.secret.optional(),

  ANTHROPIC_API_KEY: Env.schema.secret.optional(),
  ANTHROPIC_BASE_URL: Env.schema.string.optional({ format: 'url', tld: false }),
})
