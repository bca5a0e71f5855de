import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { access } from '#start/access'
import { site } from '#start/kernel'

// GET alone: a HEAD request would open a stream that nobody reads. Without a unit of work: a stream lives long.
access(router.route('/events', ['GET'], [controllers.Events, 'show']).as('events.show'), {
  owner: 200,
  admin: 200,
  member: 200,
  viewer: 200,
  guest: 401,
  stranger: 404,
}).use(site)
