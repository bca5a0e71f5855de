import { BasePolicy } from '@adonisjs/bouncer'
import type Discussion from '#models/discussion'
import type { Actor } from '#services/identity/index'

/** Reading is for every member whom the discussion is visible to; asking and stopping are work. */
export default class DiscussionPolicy extends BasePolicy {
  create(actor: Actor) {
    return works(actor)
  }

  write(actor: Actor, discussion: Discussion) {
    return works(actor) && discussion.isVisibleTo(actor.id)
  }
}

function works({ role }: Actor) {
  return role !== null && role !== 'viewer'
}
