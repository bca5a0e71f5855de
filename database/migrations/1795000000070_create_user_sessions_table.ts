import { BaseSchema } from '@adonisjs/lucid/schema'
import { globalTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      globalTable(
        'user_sessions',
        `
        id text primary key,
        user_id uuid not null references app.users (id) on delete cascade,
        active_tenant_id uuid references app.tenants (id) on delete set null,
        host text not null,
        ip text,
        user_agent text,
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        absolute_expires_at timestamptz not null,
        revoked_at timestamptz
        `
      ) +
        `
        create index user_sessions_user_id_index on app.user_sessions (user_id);
        create policy own_session on app.user_sessions to nyx_app
          using (id = (select nullif(current_setting('app.session_id', true), '')))
          with check (id = (select nullif(current_setting('app.session_id', true), '')));
        grant select, update (last_seen_at, revoked_at) on app.user_sessions to nyx_app;
        grant select, insert, delete on app.user_sessions to nyx_definer;
        `
    )
  }

  async down() {
    this.schema.raw(`drop table app.user_sessions`)
  }
}
