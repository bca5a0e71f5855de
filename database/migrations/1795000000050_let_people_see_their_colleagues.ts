import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create policy colleagues on app.users for select to nyx_app
        using (
          id = (select nullif(current_setting('app.user_id', true), '')::uuid)
          or exists (select 1 from app.memberships m where m.user_id = users.id)
        );
    `)
  }

  async down() {
    this.schema.raw(`drop policy colleagues on app.users`)
  }
}
