import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'memberships',
        `
        user_id uuid not null references app.users (id) on delete cascade,
        role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint memberships_person_unique unique (tenant_id, user_id)
        `
      ) +
        `
        create index memberships_user_id_index on app.memberships (user_id);
        grant select on app.memberships to nyx_definer;
        `
    )
  }

  async down() {
    this.schema.raw(`drop table app.memberships`)
  }
}
