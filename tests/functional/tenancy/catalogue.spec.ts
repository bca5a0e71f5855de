import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tenantTable } from '#database/row_security'
import { violations } from '#tests/support/catalogue'

/** Each breaks one rule; DDL is transactional, so that nothing of it stays. */
const MISTAKES: { mistake: string; sql: string; rule: number; object: string }[] = [
  {
    mistake: 'a table without tenant_id',
    sql: 'create table app.scraps (id uuid primary key)',
    rule: 1,
    object: 'scraps',
  },
  {
    mistake: 'a tenant_id that may be null',
    sql: `${tenantTable('scraps', 'name text')}
      alter table app.scraps drop constraint scraps_pkey, alter tenant_id drop not null`,
    rule: 1,
    object: 'scraps',
  },
  {
    mistake: 'row security switched off',
    sql: 'alter table app.discussions disable row level security',
    rule: 2,
    object: 'discussions',
  },
  {
    mistake: 'row security not forced',
    sql: 'alter table app.messages no force row level security',
    rule: 2,
    object: 'messages',
  },
  {
    mistake: 'row security not forced on a global table',
    sql: 'alter table app.users no force row level security',
    rule: 2,
    object: 'users',
  },
  {
    mistake: 'a dropped policy',
    sql: 'drop policy tenant_rows on app.personas',
    rule: 3,
    object: 'personas',
  },
  {
    mistake: 'a table with row security and without a policy',
    sql: `create table app.scraps (id uuid, tenant_id uuid not null, primary key (tenant_id, id));
      alter table app.scraps enable row level security, force row level security`,
    rule: 3,
    object: 'scraps',
  },
  {
    mistake: 'a second policy that is true',
    sql: 'create policy everybody on app.discussions using (true)',
    rule: 3,
    object: 'discussions',
  },
  {
    mistake: 'a policy that reads freely and checks writes only',
    sql: 'alter policy tenant_rows on app.discussions using (true)',
    rule: 3,
    object: 'discussions',
  },
  {
    mistake: 'a policy without the select that makes it cheap',
    sql: `alter policy tenant_rows on app.discussions
      using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)`,
    rule: 3,
    object: 'discussions',
  },
  {
    mistake: 'a global table open to its role',
    sql: 'create policy everybody on app.users for select to nyx_app using (true)',
    rule: 3,
    object: 'users.everybody',
  },
  {
    mistake: 'a global table open to all roles',
    sql: `create policy everybody on app.users for select using (name <> '')`,
    rule: 3,
    object: 'users.everybody',
  },
  {
    mistake: 'a unique index without tenant_id',
    sql: 'create unique index titles on app.discussions (title, tenant_id, id)',
    rule: 4,
    object: 'discussions.titles',
  },
  {
    mistake: 'a unique index with tenant_id behind',
    sql: 'create unique index titles on app.discussions (id, tenant_id)',
    rule: 4,
    object: 'discussions.titles',
  },
  {
    mistake: 'a foreign key without tenant_id',
    sql: `${tenantTable('scraps', 'parent_id uuid, unique (id)')}
      alter table app.scraps add constraint plain foreign key (parent_id) references app.scraps (id)`,
    rule: 5,
    object: 'scraps.plain',
  },
  {
    mistake: 'a view that runs as its owner',
    sql: 'create view app.titles as select title from app.discussions',
    rule: 6,
    object: 'titles',
  },
  {
    mistake: 'a materialized view',
    sql: 'create materialized view app.titles as select title from app.discussions',
    rule: 6,
    object: 'titles',
  },
  {
    mistake: 'a definer function that nobody listed',
    sql: `create function app.peek() returns bigint language sql security definer
      set search_path = pg_catalog, app, pg_temp as 'select count(*) from app.discussions';
      revoke all on function app.peek() from public`,
    rule: 6,
    object: 'peek',
  },
  {
    mistake: 'a definer function without a search_path',
    sql: `set local role nyx_definer; alter function app.resolve_host(text, text) reset search_path;
      set local role nyx_owner`,
    rule: 6,
    object: 'resolve_host',
  },
  {
    mistake: 'a definer function that anybody may run',
    sql: `set local role nyx_definer; grant execute on function app.resolve_host(text, text) to public;
      set local role nyx_owner`,
    rule: 6,
    object: 'resolve_host',
  },
  {
    mistake: 'TRUNCATE for the app role',
    sql: 'grant truncate on app.discussions to nyx_app',
    rule: 7,
    object: 'discussions',
  },
  {
    mistake: 'REFERENCES for everybody',
    sql: 'grant references on app.discussions to public',
    rule: 7,
    object: 'discussions',
  },
  {
    mistake: "TRIGGER on a table of pg-boss's",
    sql: 'grant trigger on pgboss.job to nyx_app',
    rule: 7,
    object: 'pgboss.job',
  },
  {
    mistake: 'CREATE in the schema',
    sql: 'grant create on schema app to nyx_app',
    rule: 7,
    object: 'app',
  },
]

/** What only a privileged role can get wrong. */
const PRIVILEGED_MISTAKES = [
  {
    mistake: 'an app role that bypasses row security',
    sql: 'alter role nyx_app bypassrls',
    rule: 8,
    object: 'nyx_app',
  },
  {
    mistake: 'a table owned by the app role',
    sql: 'alter table app.scraps_of_the_app owner to nyx_app',
    before: `create table app.scraps_of_the_app (id uuid, tenant_id uuid not null, primary key (tenant_id, id))`,
    rule: 8,
    object: 'table app.scraps_of_the_app',
  },
  {
    mistake: 'an app role in the owner role',
    sql: 'grant nyx_owner to nyx_app',
    rule: 8,
    object: 'nyx_owner',
  },
]

test.group('Catalogue | the eight rules', (group) => {
  group.setup(() => {
    const url = new URL(process.env.DATABASE_PROVISION_URL ?? '')
    url.pathname = new URL(process.env.DATABASE_MIGRATE_URL ?? '').pathname
    db.manager.add('privileged', { client: 'pg', connection: url.href, pool: { min: 0, max: 1 } })
    return () => db.manager.close('privileged', true)
  })

  test('the migrated database breaks none', async ({ assert }) => {
    assert.deepEqual(await violations(db.connection('migrate')), [])
  })

  test('{mistake} breaks rule {rule}')
    .with(MISTAKES)
    .run(async ({ assert }, { sql, rule, object }) => {
      const found = await undone('migrate', async (trx) => {
        await trx.rawQuery(sql)
        return violations(trx)
      })

      assert.includeDeepMembers(found.map(place), [{ rule, object }])
    })

  test('{mistake} breaks rule {rule}')
    .with(PRIVILEGED_MISTAKES)
    .run(async ({ assert }, { before, sql, rule, object }) => {
      const found = await undone('privileged', async (trx) => {
        await trx.rawQuery([before, sql].filter(Boolean).join(';'))
        return violations(trx)
      })

      assert.includeDeepMembers(found.map(place), [{ rule, object }])
    })
})

function place({ rule, object }: { rule: number; object: string }) {
  return { rule, object }
}

async function undone<T>(connection: string, fn: (trx: TransactionClientContract) => Promise<T>) {
  const trx = await db.connection(connection).transaction()
  try {
    return await fn(trx)
  } finally {
    await trx.rollback()
  }
}
