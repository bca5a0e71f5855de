import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

/** Written with the change it tells of. The app role adds and reads; nobody edits. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'audit_entries',
        `
        actor_id uuid,
        action text not null,
        subject_type text,
        subject_id uuid,
        detail jsonb not null default '{}',
        ip text,
        created_at timestamptz not null default now()
        `
      ) +
        `
        create index audit_entries_time_index on app.audit_entries (tenant_id, created_at);
        revoke update, delete on app.audit_entries from nyx_app, nyx_admin;
        `
    )
  }

  async down() {
    this.schema.raw('drop table app.audit_entries')
  }
}
