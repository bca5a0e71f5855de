import { installationPlan, removalPlan } from '#services/queue/pg_boss_ddl'
import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  // The plan brings its own BEGIN and COMMIT.
  static disableTransactions = true

  async up() {
    this.schema.raw(`
      do $$ begin
        if to_regnamespace('pgboss') is null then
          create schema pgboss;
        end if;
      end $$
    `)
    this.schema.raw(installationPlan())
  }

  async down() {
    this.schema.raw(removalPlan())
  }
}
