import { BaseSchema } from '@adonisjs/lucid/schema'
import { globalTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      globalTable(
        'tenants',
        `
        id uuid primary key,
        slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9]){0,1}$'),
        name text not null check (length(name) between 1 and 120),
        suspended_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
        `
      ) +
        `
        create policy own_tenant on app.tenants for select to nyx_app
          using (id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
        grant select on app.tenants to nyx_app, nyx_definer;
        `
    )
  }

  async down() {
    this.schema.raw(`drop table app.tenants`)
  }
}
