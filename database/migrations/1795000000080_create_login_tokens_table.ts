import { BaseSchema } from '@adonisjs/lucid/schema'
import { globalTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      globalTable(
        'login_tokens',
        `
        id uuid primary key,
        email text not null check (email = lower(email)),
        host text not null,
        tenant_id uuid references app.tenants (id) on delete cascade,
        user_id uuid references app.users (id) on delete cascade,
        token_hash text unique,
        browser_hash text,
        ip text,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        consumed_at timestamptz
        `
      ) +
        `
        create index login_tokens_expires_at_index on app.login_tokens (expires_at);
        -- A request may ask for a link. Who it is for, and its secret, are filled in by the job.
        create policy ask_for_a_link on app.login_tokens for insert to nyx_app
          with check (user_id is null and token_hash is null and consumed_at is null);
        grant insert on app.login_tokens to nyx_app;
        grant select, update, delete on app.login_tokens to nyx_definer;
        `
    )
  }

  async down() {
    this.schema.raw(`drop table app.login_tokens`)
  }
}
