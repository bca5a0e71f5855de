import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'personas',
        `
        key text,
        name text not null check (length(name) between 1 and 80),
        tagline text not null default '',
        system_prompt text not null check (length(system_prompt) <= 20000),
        moon real not null check (moon between 0 and 1),
        lane smallint not null check (lane between 1 and 6),
        position smallint not null default 0,
        version integer not null default 1,
        archived_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint personas_key_unique unique (tenant_id, key)
        `
      )
    )
  }

  async down() {
    this.schema.raw('drop table app.personas')
  }
}
