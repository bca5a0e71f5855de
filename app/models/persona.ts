import { PersonaSchema } from '#database/schema'
import { compose } from '@adonisjs/core/helpers'
import { scope } from '@adonisjs/lucid/orm'
import { WithOwnId } from './mixins/with_own_id.ts'

export default class Persona extends compose(PersonaSchema, WithOwnId) {
  static active = scope((query) => query.whereNull('archived_at').orderBy('position').orderBy('id'))
}
