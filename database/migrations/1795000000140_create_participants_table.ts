import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'participants',
        `
        discussion_id uuid not null,
        persona_id uuid not null,
        provider text not null,
        model text not null,
        position smallint not null default 0,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        foreign key (tenant_id, discussion_id) references app.discussions (tenant_id, id) on delete cascade,
        foreign key (tenant_id, persona_id) references app.personas (tenant_id, id),
        constraint participants_position_unique unique (tenant_id, discussion_id, position)
        `
      )
    )
  }

  async down() {
    this.schema.raw('drop table app.participants')
  }
}
