import { BaseSchema } from '@adonisjs/lucid/schema'
import { globalTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      globalTable(
        'users',
        `
        id uuid primary key,
        email text not null unique check (email = lower(email) and length(email) <= 254),
        name text not null check (length(name) between 1 and 120),
        disabled_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
        `
      ) + 'grant select on app.users to nyx_app, nyx_definer;'
    )
  }

  async down() {
    this.schema.raw(`drop table app.users`)
  }
}
