import { DiscussionSchema } from '#database/schema'
import { compose } from '@adonisjs/core/helpers'
import { hasMany, scope } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import Participant from './participant.ts'
import { WithOwnId } from './mixins/with_own_id.ts'

const TITLE_LENGTH = 80

export default class Discussion extends compose(DiscussionSchema, WithOwnId) {
  @hasMany(() => Participant)
  declare participants: HasMany<typeof Participant>

  /** The one rule of who sees what: the whole workspace, or its owner alone. */
  static visibleTo = scope((query, userId: string) =>
    query.where((either) => either.where('visibility', 'workspace').orWhere('owner_id', userId))
  )

  isVisibleTo(userId: string) {
    return this.visibility === 'workspace' || this.ownerId === userId
  }

  /** A title out of a first question: its first line, cut at a word. */
  static titleFrom(question: string) {
    const line = question.trim().split('\n', 1)[0].replaceAll(/\s+/g, ' ').trim()
    if (line.length <= TITLE_LENGTH) return line || 'New discussion'
    const cut = line.slice(0, TITLE_LENGTH).replace(/[\ud800-\udbff]$/, '')
    return `${cut.slice(0, cut.lastIndexOf(' ') > 40 ? cut.lastIndexOf(' ') : undefined).trim()}…`
  }
}
