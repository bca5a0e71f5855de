import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'discussions',
        `
        owner_id uuid not null references app.users (id),
        title text not null check (length(title) between 1 and 200),
        mode text not null default 'single' check (mode in ('single', 'parallel', 'consensus')),
        visibility text not null default 'workspace' check (visibility in ('workspace', 'private')),
        version integer not null default 1,
        last_message_at timestamptz not null default now(),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
        `
      ) +
        `create index discussions_recent_index on app.discussions (tenant_id, last_message_at desc, id desc);`
    )
  }

  async down() {
    this.schema.raw('drop table app.discussions')
  }
}
