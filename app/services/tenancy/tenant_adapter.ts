import { Adapter } from '@adonisjs/lucid/orm'
import type { LucidModel, ModelAdapterOptions } from '@adonisjs/lucid/types/model'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { currentScope } from './scope.ts'

/**
 * Makes every model use the open unit of work and nothing else: no scope, no query. The stock adapter would fall
 * back to the pool, where row security hides everything and a save reports success without saving.
 */
export class TenantAdapter extends Adapter {
  override modelConstructorClient(
    model: LucidModel,
    options?: ModelAdapterOptions
  ): QueryClientContract {
    return options?.client ?? currentScope(model.name).trx
  }

  override modelClient(instance: Parameters<Adapter['modelClient']>[0]): QueryClientContract {
    return currentScope(instance.constructor.name).trx
  }
}
