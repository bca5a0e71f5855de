import type { QueryClientContract } from '@adonisjs/lucid/types/database'

export type Violation = { rule: number; object: string; sentence: string }

type Connection = Pick<QueryClientContract, 'rawQuery'>

/** Tables of the schema `app` that belong to no tenant. One more needs a reason in its migration. */
export const GLOBAL_TABLES = [
  'users',
  'tenants',
  'sessions',
  'user_sessions',
  'login_tokens',
  'platform_audit_entries',
  'adonis_schema',
  'adonis_schema_versions',
]

/** The only functions that may run past row security. */
export const DEFINER_FUNCTIONS = ['resolve_host', 'session_context', 'consume_login_token']

/** A host name belongs to one tenant of all, so its index cannot start with the tenant. */
const GLOBALLY_UNIQUE = ['custom_domains.host']

/** USING and WITH CHECK of every tenant table, as the server prints them. */
const TEMPLATE = `(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"))`

/**
 * What in the database breaks the eight rules of tenancy, one function each below, read from the catalogue
 * itself, so that a forgotten line in a migration cannot pass. Any role may ask.
 */
export async function violations(connection: Connection): Promise<Violation[]> {
  const rules = [
    tenantColumns,
    rowSecurity,
    policies,
    uniqueIndexes,
    foreignKeys,
    viewsAndFunctions,
    appPrivileges,
    appRole,
  ]
  const found: Violation[] = []
  for (const [index, rule] of rules.entries()) {
    for (const { object, sentence } of await rule(connection))
      found.push({ rule: index + 1, object, sentence })
  }
  return found
}

type Finding = { object: string; sentence: string }

function tenantColumns(connection: Connection) {
  return select<Finding>(
    connection,
    `select c.relname as object, case
        when a.attnum is null then 'has no tenant_id and is not on the global list'
        when not a.attnotnull then 'lets tenant_id be null'
        else 'has a tenant_id that is no uuid'
      end as sentence
    from pg_class c
    left join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p', 'f') and c.relname <> all (?)
      and (a.attnum is null or not a.attnotnull or a.atttypid <> 'uuid'::regtype)`,
    [GLOBAL_TABLES]
  )
}

function rowSecurity(connection: Connection) {
  return select<Finding>(
    connection,
    `select relname as object, case
        when not relrowsecurity then 'has row security off'
        else 'does not force row security on its owner'
      end as sentence
    from pg_class
    where relnamespace = 'app'::regnamespace and relkind in ('r', 'p', 'f')
      and not (relrowsecurity and relforcerowsecurity)`
  )
}

async function policies(connection: Connection) {
  const tables = await select<{ table: string; policies: Policy[] }>(
    connection,
    `select c.relname as "table", coalesce(jsonb_agg(jsonb_build_object(
        'name', p.polname, 'permissive', p.polpermissive, 'command', p.polcmd,
        'roles', (select array_agg(coalesce(r.rolname, 'public')) from unnest(p.polroles) as o (id)
          left join pg_roles r on r.oid = o.id),
        'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)
      )) filter (where p.oid is not null), '[]') as policies
    from pg_class c left join pg_policy p on p.polrelid = c.oid
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
    group by c.relname`
  )
  return tables.flatMap(({ table, policies: its }) =>
    GLOBAL_TABLES.includes(table)
      ? its.flatMap((policy) => tooWide(table, policy))
      : notTemplate(table, its)
  )
}

type Policy = {
  name: string
  permissive: boolean
  command: string
  roles: string[]
  using: string | null
  check: string | null
}

function notTemplate(table: string, its: Policy[]): Finding[] {
  const [only] = its
  const fits =
    its.length === 1 &&
    only.permissive &&
    only.command === '*' &&
    only.roles.join() === 'public' &&
    only.using === TEMPLATE &&
    only.check === TEMPLATE
  return fits ? [] : [{ object: table, sentence: 'does not have exactly the template policy' }]
}

function tooWide(table: string, { name, roles, using, check }: Policy): Finding[] {
  const object = `${table}.${name}`
  const findings: Finding[] = []
  if (using === 'true' || check === 'true')
    findings.push({ object, sentence: 'is true for every row' })
  if (roles.length !== 1 || roles[0] === 'public')
    findings.push({ object, sentence: 'is not for one named role' })
  return findings
}

async function uniqueIndexes(connection: Connection) {
  const indexes = await select<{ table: string; index: string; columns: string[] }>(
    connection,
    `select c.relname as "table", i.relname as index, (
        select array_agg(pg_get_indexdef(x.indexrelid, n, false) order by n) from generate_series(1, x.indnkeyatts) n
      ) as columns
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
    where c.relnamespace = 'app'::regnamespace and (x.indisunique or x.indisexclusion) and c.relname <> all (?)`,
    [GLOBAL_TABLES]
  )
  return indexes
    .filter(({ table, columns }) => !GLOBALLY_UNIQUE.includes(`${table}.${columns.join()}`))
    .filter(({ columns }) => columns[0] !== 'tenant_id')
    .map(({ table, index }) => ({
      object: `${table}.${index}`,
      sentence: 'is unique across tenants and so reveals their values',
    }))
}

function foreignKeys(connection: Connection) {
  return select<Finding>(
    connection,
    `select c.relname || '.' || k.conname as object, 'does not carry tenant_id on both sides' as sentence
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'app'::regnamespace
      and c.relname <> all (?) and f.relname <> all (?)
      and not exists (
        select from unnest(k.conkey, k.confkey) as pair (here, there)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there
        where a.attname = 'tenant_id' and b.attname = 'tenant_id')`,
    [GLOBAL_TABLES, GLOBAL_TABLES]
  )
}

async function viewsAndFunctions(connection: Connection) {
  const views = await select<Finding>(
    connection,
    `select relname as object, case relkind
        when 'm' then 'is a materialized view, which row security does not reach'
        else 'is a view without security_invoker'
      end as sentence
    from pg_class
    where relnamespace = 'app'::regnamespace and (relkind = 'm' or (relkind = 'v'
      and not coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on,security_invoker=1}'))`
  )
  const functions = await select<{
    name: string
    owner: string
    settings: string[]
    isPublic: boolean
  }>(
    connection,
    `select p.proname as name, r.rolname as owner, coalesce(p.proconfig, '{}') as settings,
      has_function_privilege('public', p.oid, 'execute') as "isPublic"
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
    where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`
  )
  return [...views, ...functions.flatMap(definerFaults)]
}

function definerFaults(fn: {
  name: string
  owner: string
  settings: string[]
  isPublic: boolean
}): Finding[] {
  const faults = [
    !DEFINER_FUNCTIONS.includes(fn.name) && 'runs as its owner and is not on the list',
    fn.owner !== 'nyx_definer' && `runs as ${fn.owner}, not as nyx_definer`,
    !fn.settings.some((setting) => /^search_path=pg_catalog,/.test(setting)) &&
      'runs as its owner without a fixed search_path',
    fn.isPublic && 'may be run by any role',
  ]
  return faults
    .filter((fault) => fault !== false)
    .map((sentence) => ({ object: fn.name, sentence }))
}

/** pg-boss's tables belong to no tenant, but the app role has rows only there too. */
function appPrivileges(connection: Connection) {
  return select<Finding>(
    connection,
    `select c.oid::regclass::text as object, 'gives the app role ' || p.name as sentence
    from pg_class c cross join unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER']) as p (name)
    where c.relnamespace in ('app'::regnamespace, 'pgboss'::regnamespace) and c.relkind in ('r', 'p', 'v', 'f')
      and has_table_privilege('nyx_app', c.oid, p.name)
    union all
    select n.nspname, 'lets the app role create in it' from pg_namespace n
    where n.nspname not like 'pg\\_%' and has_schema_privilege('nyx_app', n.oid, 'CREATE')
    union all
    select current_database(), 'lets the app role create schemas'
    where has_database_privilege('nyx_app', current_database(), 'CREATE')`
  )
}

function appRole(connection: Connection) {
  return select<Finding>(
    connection,
    `select rolname as object, 'is superuser, bypasses row security, or makes roles, databases or replicas' as sentence
    from pg_roles
    where rolname = 'nyx_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
    union all
    select pg_describe_object(d.classid, d.objid, d.objsubid), 'is owned by the app role'
    from pg_shdepend d
    where d.deptype = 'o' and d.refobjid = 'nyx_app'::regrole
      and d.dbid = (select oid from pg_database where datname = current_database())
    union all
    select m.roleid::regrole::text, 'has the app role as a member'
    from pg_auth_members m where m.member = 'nyx_app'::regrole`
  )
}

async function select<Row>(
  connection: Connection,
  sql: string,
  bindings: string[][] = []
): Promise<Row[]> {
  const { rows } = await connection.rawQuery<{ rows: Row[] }>(sql, bindings)
  return rows
}
