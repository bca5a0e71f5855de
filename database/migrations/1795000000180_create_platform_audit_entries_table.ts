import { BaseSchema } from '@adonisjs/lucid/schema'
import { globalTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      globalTable(
        'platform_audit_entries',
        `
        id uuid primary key,
        actor_id uuid,
        action text not null,
        detail jsonb not null default '{}',
        created_at timestamptz not null default now()
        `
      ) +
        `
        create index platform_audit_entries_time_index on app.platform_audit_entries (created_at);
        revoke update, delete on app.platform_audit_entries from nyx_admin;
        `
    )
  }

  async down() {
    this.schema.raw('drop table app.platform_audit_entries')
  }
}
