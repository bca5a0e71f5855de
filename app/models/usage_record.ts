import { UsageRecordSchema } from '#database/schema'
import { compose } from '@adonisjs/core/helpers'
import { WithOwnId } from './mixins/with_own_id.ts'

export default class UsageRecord extends compose(UsageRecordSchema, WithOwnId) {}
