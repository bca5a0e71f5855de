import { BaseSchema } from '@adonisjs/lucid/schema'

/** What has been migrated is nobody's business but the migrator's. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table app.adonis_schema enable row level security;
      alter table app.adonis_schema force row level security;
      create policy migrator on app.adonis_schema to nyx_owner
        using (current_user = 'nyx_owner') with check (current_user = 'nyx_owner');
      alter table app.adonis_schema_versions enable row level security;
      alter table app.adonis_schema_versions force row level security;
      create policy migrator on app.adonis_schema_versions to nyx_owner
        using (current_user = 'nyx_owner') with check (current_user = 'nyx_owner');
    `)
  }

  async down() {
    this.schema.raw(`
      drop policy migrator on app.adonis_schema;
      alter table app.adonis_schema disable row level security;
      drop policy migrator on app.adonis_schema_versions;
      alter table app.adonis_schema_versions disable row level security;
    `)
  }
}
