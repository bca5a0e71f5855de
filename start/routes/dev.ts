import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { open } from '#start/access'
import { middleware, site } from '#start/kernel'

router
  .group(() => {
    const { Mailbox } = controllers.dev
    open(router.get('/mailbox', [Mailbox, 'index']).as('mailbox.index'), 200)
    open(router.get('/mailbox/:id', [Mailbox, 'show']).as('mailbox.show'), 200)
  })
  .prefix('/dev')
  .as('dev')
  .use([middleware.developer(), ...site])
