import env from '#start/env'
import { defineConfig } from '@adonisjs/lucid'

const searchPath = ['app', 'public']
const limits = {
  // A statement or an open unit that hangs must not hold a connection, nor hide that somebody lost access.
  statement_timeout: 15_000,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 30_000,
  connectionTimeoutMillis: 5_000,
}
const pool = { min: 0, max: env.get('DATABASE_POOL_MAX', 10) }

/**
 * Three roles, three connections. `app` is what requests and jobs use; `admin` bypasses row security and is
 * reached through withAdminScope alone; `migrate` owns the schema and exists only while migrating.
 */
export default defineConfig({
  connection: 'app',
  prettyPrintDebugQueries: true,
  connections: {
    app: { client: 'pg', connection: limited(env.get('DATABASE_URL')), searchPath, pool },
    admin: {
      client: 'pg',
      connection: limited(env.get('DATABASE_ADMIN_URL')),
      searchPath,
      pool: { min: 0, max: 3 },
    },
    migrate: {
      client: 'pg',
      connection: env.get('DATABASE_MIGRATE_URL'),
      searchPath: ['app'],
      pool: { min: 0, max: 2 },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
      schemaGeneration: {
        enabled: true,
        rulesPaths: ['./database/schema_rules.js'],
      },
    },
  },
})

function limited(connectionString: string) {
  return { connectionString, ...limits }
}
