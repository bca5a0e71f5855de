import { UserSchema } from '#database/schema'
import { compose } from '@adonisjs/core/helpers'
import { WithOwnId } from './mixins/with_own_id.ts'

export default class User extends compose(UserSchema, WithOwnId) {}
