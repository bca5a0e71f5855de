import { BaseSchema } from '@adonisjs/lucid/schema'
import { globalTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      globalTable(
        'sessions',
        `
        id text primary key,
        data text not null,
        expires_at timestamptz not null,
        updated_at timestamptz not null default now()
        `
      ) +
        `
        create index sessions_expires_at_index on app.sessions (expires_at);
        create policy own_session on app.sessions to nyx_app
          using (id = (select nullif(current_setting('app.session_id', true), '')))
          with check (id = (select nullif(current_setting('app.session_id', true), '')));
        grant select, insert, update, delete on app.sessions to nyx_app;
        grant select, delete on app.sessions to nyx_definer;
        `
    )
  }

  async down() {
    this.schema.raw(`drop table app.sessions`)
  }
}
