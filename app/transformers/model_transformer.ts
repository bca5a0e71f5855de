import { BaseTransformer } from '@adonisjs/core/transformers'
import type { ModelListing } from '#services/llm/index'

export default class ModelTransformer extends BaseTransformer<ModelListing> {
  toObject() {
    return this.pick(this.resource, [
      'provider',
      'providerLabel',
      'id',
      'label',
      'available',
      'note',
    ])
  }
}
