import { BaseSchema } from '@adonisjs/lucid/schema'

/** A place in the list is a time and an id; JavaScript's times are milliseconds, and a rounded one skips rows. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`alter table app.discussions alter column last_message_at type timestamptz(3)`)
  }

  async down() {
    this.schema.raw(`alter table app.discussions alter column last_message_at type timestamptz`)
  }
}
