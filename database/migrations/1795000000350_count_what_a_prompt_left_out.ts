import { BaseSchema } from '@adonisjs/lucid/schema'

/** A discussion longer than a prompt may be loses its oldest messages; the answer says how many. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      'alter table app.messages add column left_out integer not null default 0 check (left_out >= 0)'
    )
  }

  async down() {
    this.schema.raw('alter table app.messages drop column left_out')
  }
}
