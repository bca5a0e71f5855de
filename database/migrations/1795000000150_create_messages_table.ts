import { BaseSchema } from '@adonisjs/lucid/schema'
import { tenantTable } from '#database/row_security'

/**
 * A message is a person's (author) or a participant's answer (persona, provider, model). `parent_id` makes the
 * tree; `attempt` and the text's length address a growing answer; `sent_at` says that a call may have been paid.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      tenantTable(
        'messages',
        `
        discussion_id uuid not null,
        parent_id uuid,
        role text not null check (role in ('user', 'assistant')),
        author_id uuid references app.users (id),
        asked_by_id uuid references app.users (id),
        participant_id uuid,
        persona_id uuid,
        persona_version integer,
        provider text,
        model text,
        status text not null check (
          status in ('queued', 'streaming', 'complete', 'stopped', 'interrupted', 'failed')),
        attempt integer not null default 1 check (attempt >= 1),
        content text not null default '',
        reasoning text not null default '',
        html text,
        html_version integer,
        error_code text,
        error_message text,
        finish_reason text,
        cancel_requested_at timestamptz,
        started_at timestamptz,
        sent_at timestamptz,
        first_token_at timestamptz,
        finished_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check ((role = 'user') = (author_id is not null)),
        check ((role = 'assistant') = (persona_id is not null)),
        foreign key (tenant_id, discussion_id) references app.discussions (tenant_id, id) on delete cascade,
        foreign key (tenant_id, participant_id) references app.participants (tenant_id, id)
          on delete set null (participant_id),
        foreign key (tenant_id, persona_id) references app.personas (tenant_id, id),
        constraint messages_place_unique unique (tenant_id, discussion_id, id),
        foreign key (tenant_id, discussion_id, parent_id)
          references app.messages (tenant_id, discussion_id, id) on delete cascade
        `
      ) +
        `
        create index messages_parent_index on app.messages (tenant_id, discussion_id, parent_id);
        create index messages_unfinished_index on app.messages (tenant_id, discussion_id)
          where status in ('queued', 'streaming');
        `
    )
  }

  async down() {
    this.schema.raw('drop table app.messages')
  }
}
