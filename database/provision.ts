import pg from 'pg'

const oldestServer = 160010
const extensions = ['citext', 'pg_trgm', 'unaccent', 'btree_gin', 'pgcrypto']

const logins = {
  app: 'nyx_app',
  admin: 'nyx_admin',
  migrate: 'nyx_migrator',
} as const

type Login = keyof typeof logins

export type Passwords = Record<Login, string>

export interface DatabaseUrls {
  DATABASE_URL: string
  DATABASE_ADMIN_URL: string
  DATABASE_MIGRATE_URL: string
}

/** A server or a privileged role that cannot carry nyxCore; the message says what would help. */
export class ProvisionError extends Error {
  code = 'E_PROVISION'
}

/**
 * Makes the roles, the database, its schemas and its extensions, or completes what is there, and
 * answers the URLs of the three login roles. Passwords are set anew each time. The privileged role
 * is a superuser, or has CREATEROLE, CREATEDB and BYPASSRLS as on managed servers.
 *
 * @throws {ProvisionError} The server is too old or the role may not do it.
 */
export async function provision(
  provisionUrl: string,
  { database, passwords }: { database: string; passwords: Passwords }
): Promise<DatabaseUrls> {
  await connected(provisionUrl, async (client) => {
    await refuseOldServer(client)
    await client.query('SELECT pg_advisory_lock($1)', [0x6e7978])
    await provisionRoles(client, passwords)
    await createDatabase(client, database)
  })
  await connected(urlOf(provisionUrl, { database }), (client) => furnish(client, database))
  return databaseUrls(provisionUrl, { database, passwords })
}

/** Removes a database that `provision` made, whoever is still connected. The roles stay. */
export async function dropDatabase(provisionUrl: string, database: string) {
  await connected(provisionUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`)
  )
}

/** The names of the databases on the server that start with `prefix`. */
export async function listDatabases(provisionUrl: string, prefix: string): Promise<string[]> {
  return connected(provisionUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix]
    )
    return rows.map((row) => row.datname)
  })
}

export function databaseUrls(
  provisionUrl: string,
  { database, passwords }: { database: string; passwords: Passwords }
): DatabaseUrls {
  const url = (login: Login) =>
    urlOf(provisionUrl, { database, user: logins[login], password: passwords[login] })
  return {
    DATABASE_URL: url('app'),
    DATABASE_ADMIN_URL: url('admin'),
    DATABASE_MIGRATE_URL: url('migrate'),
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function refuseOldServer(client: pg.Client) {
  const { rows } = await client.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num')::int AS number`
  )
  if (rows[0].number < oldestServer) {
    throw new ProvisionError(
      `This server runs PostgreSQL ${rows[0].version} and nyxCore needs 16.10 or newer: upgrade it or use another one.`
    )
  }
}

async function provisionRoles(client: pg.Client, passwords: Passwords) {
  await ensureRole(client, 'nyx_owner', 'NOLOGIN')
  await ensureRole(client, 'nyx_definer', 'NOLOGIN BYPASSRLS')
  await ensureRole(client, logins.app, 'LOGIN NOBYPASSRLS', passwords.app)
  await ensureRole(client, logins.admin, 'LOGIN BYPASSRLS', passwords.admin)
  await ensureRole(client, logins.migrate, 'LOGIN NOBYPASSRLS', passwords.migrate)

  await client.query(`GRANT nyx_owner TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`)
  await client.query(`GRANT nyx_owner TO nyx_migrator WITH INHERIT TRUE, SET TRUE`)
  await client.query(`ALTER ROLE nyx_migrator SET role TO nyx_owner`)
  // Migrations hand their SECURITY DEFINER functions over, and replace them later.
  await client.query(`GRANT nyx_definer TO nyx_owner WITH INHERIT TRUE, SET TRUE`)
}

async function ensureRole(client: pg.Client, role: string, attributes: string, password?: string) {
  const secret = password === undefined ? '' : ` PASSWORD ${pg.escapeLiteral(password)}`
  const known = await client.query(
    `SELECT rolcanlogin, rolbypassrls, rolsuper OR rolcreaterole OR rolcreatedb AS mighty
     FROM pg_roles WHERE rolname = $1`,
    [role]
  )
  const [row] = known.rows
  if (row?.mighty) {
    throw new ProvisionError(
      `The role ${role} exists and has privileges nyxCore must not have: ALTER ROLE ${role} NOSUPERUSER NOCREATEROLE NOCREATEDB.`
    )
  }
  const fits =
    row &&
    row.rolcanlogin === !attributes.includes('NOLOGIN') &&
    row.rolbypassrls === / BYPASSRLS/.test(attributes)
  if (fits && !secret) return

  // Attributes that fit are not named again: a managed server's administrator may not set them.
  const wanted = fits ? '' : ` ${attributes}`
  try {
    await client.query(`${row ? 'ALTER' : 'CREATE'} ROLE ${role}${wanted}${secret}`)
  } catch (error) {
    throw refusedRole(error, role, attributes)
  }
}

function refusedRole(error: unknown, role: string, attributes: string) {
  if (!(error instanceof pg.DatabaseError) || error.code !== '42501') return error
  const needed = attributes.includes(' BYPASSRLS') ? 'CREATEROLE and BYPASSRLS' : 'CREATEROLE'
  return new ProvisionError(
    `The role of DATABASE_PROVISION_URL may not set up ${role}: give it ${needed} (with ADMIN OPTION on the nyx_* roles that exist), or use a superuser.`,
    { cause: error }
  )
}

/** Text is compared by code point wherever the server's own default would not be UTF-8. */
async function createDatabase(client: pg.Client, database: string) {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount) return
  const { rows } = await client.query<{ encoding: string }>(
    `SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = 'template1'`
  )
  const template =
    rows[0].encoding === 'UTF8' ? '' : ` TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`
  try {
    await client.query(`CREATE DATABASE ${name(database)}${template}`)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error
    throw new ProvisionError(
      `The role of DATABASE_PROVISION_URL may not create the database ${database}: give it CREATEDB, or use a superuser.`,
      { cause: error }
    )
  }
}

async function furnish(client: pg.Client, database: string) {
  for (const extension of extensions) {
    await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA public`)
  }
  const target = name(database)
  await client.query(`
    REVOKE ALL ON DATABASE ${target} FROM PUBLIC;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${target} TO nyx_app, nyx_admin, nyx_migrator;
    GRANT CREATE, TEMPORARY ON DATABASE ${target} TO nyx_owner;
    GRANT USAGE ON SCHEMA public TO nyx_owner, nyx_app, nyx_admin, nyx_migrator, nyx_definer;

    CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION nyx_owner;
    CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION nyx_owner;
    GRANT USAGE ON SCHEMA app TO nyx_app, nyx_admin, nyx_definer;
    GRANT USAGE ON SCHEMA pgboss TO nyx_app, nyx_admin;
    -- A function is handed over only to a role that could have made it there.
    GRANT CREATE ON SCHEMA app TO nyx_definer;

    -- pg-boss adds tables as queues come; in app every migration says who may do what.
    ALTER DEFAULT PRIVILEGES FOR ROLE nyx_owner IN SCHEMA pgboss
      GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nyx_app, nyx_admin;
    ALTER DEFAULT PRIVILEGES FOR ROLE nyx_owner IN SCHEMA pgboss
      GRANT USAGE, SELECT ON SEQUENCES TO nyx_app, nyx_admin;
  `)
  for (const login of Object.values(logins)) {
    await client.query(`ALTER ROLE ${login} IN DATABASE ${target} SET search_path TO app, public`)
  }
}

function urlOf(base: string, parts: { database: string; user?: string; password?: string }) {
  const url = new URL(base)
  url.pathname = `/${encodeURIComponent(parts.database)}`
  if (parts.user) url.username = parts.user
  if (parts.password) url.password = encodeURIComponent(parts.password)
  return url.toString()
}

const name = (identifier: string) => pg.escapeIdentifier(identifier)
