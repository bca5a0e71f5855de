import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

/** One row a call. An unknown price is null, never 0; a call that was cut is counted by us and marked. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'usage_records',
        `
        user_id uuid references app.users (id) on delete set null,
        persona_id uuid,
        message_id uuid,
        feature text not null,
        provider text not null,
        model text not null,
        attempt integer not null,
        input_fresh_tokens integer not null check (input_fresh_tokens >= 0),
        input_cache_read_tokens integer not null default 0 check (input_cache_read_tokens >= 0),
        input_cache_write_tokens integer not null default 0 check (input_cache_write_tokens >= 0),
        output_tokens integer not null check (output_tokens >= 0),
        reasoning_tokens integer not null default 0 check (reasoning_tokens >= 0),
        cost_nanos bigint check (cost_nanos >= 0),
        price jsonb,
        estimated boolean not null default false,
        created_at timestamptz not null default now(),
        foreign key (tenant_id, persona_id) references app.personas (tenant_id, id)
          on delete set null (persona_id),
        foreign key (tenant_id, message_id) references app.messages (tenant_id, id)
          on delete set null (message_id),
        constraint usage_records_call_unique unique (tenant_id, message_id, attempt)
        `
      ) + `create index usage_records_time_index on app.usage_records (tenant_id, created_at);`
    )
  }

  async down() {
    this.schema.raw('drop table app.usage_records')
  }
}
