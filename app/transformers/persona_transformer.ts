import { BaseTransformer } from '@adonisjs/core/transformers'

type PersonaFields = { id: string; name: string; tagline: string; moon: number; lane: number }

export default class PersonaTransformer extends BaseTransformer<PersonaFields> {
  toObject() {
    return this.pick(this.resource, ['id', 'name', 'tagline', 'moon', 'lane'])
  }
}
