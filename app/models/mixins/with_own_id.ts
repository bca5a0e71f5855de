import { beforeCreate, type BaseModel } from '@adonisjs/lucid/orm'
import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { v7 as uuid } from 'uuid'

/** Ids are made here, before the insert: UUIDv7, so that rows lie in the order they came. */
export function WithOwnId<Base extends NormalizeConstructor<typeof BaseModel>>(superclass: Base) {
  class OwnId extends superclass {
    static selfAssignPrimaryKey = true
    declare id: string

    @beforeCreate()
    static giveId(row: OwnId) {
      row.id ??= uuid()
    }
  }
  return OwnId
}
