import { createJobQueue, dropJobQueue } from '#database/job_queues'
import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(createJobQueue({ name: 'answer' }))
  }

  async down() {
    this.schema.raw(dropJobQueue('answer'))
  }
}
