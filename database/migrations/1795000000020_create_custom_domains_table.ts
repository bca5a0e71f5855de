import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'custom_domains',
        `
        host text not null check (host = lower(host)),
        verified_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint custom_domains_host_unique unique (host)
        `
      ) + 'grant select on app.custom_domains to nyx_definer;'
    )
  }

  async down() {
    this.schema.raw(`drop table app.custom_domains`)
  }
}
