import { BaseSchema } from '@adonisjs/lucid/schema'

/** Rows only: queues come by migration, and nobody but the owner changes a table. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      revoke all on schema pgboss from public;
      revoke all on all functions in schema pgboss from public;
      grant usage on schema pgboss to nyx_app, nyx_admin;
      grant select, insert, update, delete on all tables in schema pgboss to nyx_app, nyx_admin;
      grant usage on all sequences in schema pgboss to nyx_app, nyx_admin;
      grant execute on function pgboss.job_now() to nyx_app, nyx_admin;
    `)
  }

  async down() {
    this.schema.raw(`
      revoke all on function pgboss.job_now() from nyx_app, nyx_admin;
      revoke all on all sequences in schema pgboss from nyx_app, nyx_admin;
      revoke all on all tables in schema pgboss from nyx_app, nyx_admin;
      revoke all on schema pgboss from nyx_app, nyx_admin;
    `)
  }
}
