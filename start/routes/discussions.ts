import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { access, open } from '#start/access'
import { middleware, site } from '#start/kernel'

const everyMember = { owner: 200, admin: 200, member: 200, viewer: 200 }
const whoWorks = { owner: 302, admin: 302, member: 302, viewer: 403 }
const guest = '-> /sign-in'

router
  .group(() => {
    open(
      router
        .get('/', ({ response }) => response.redirect().toRoute('discussions.index'))
        .as('home'),
      302
    )
  })
  .use(site)

router
  .group(() => {
    const { Discussions, Messages, Cancellations, Attempts } = controllers.discussions

    access(router.get('/', [Discussions, 'index']).as('index'), {
      ...everyMember,
      guest,
      stranger: 200,
    })
    access(router.get('/new', [Discussions, 'create']).as('create'), {
      ...everyMember,
      viewer: 403,
      guest,
      stranger: 200,
    })
    access(router.post('/', [Discussions, 'store']).as('store'), {
      ...whoWorks,
      guest,
      stranger: 404,
    })
    access(router.get('/:id', [Discussions, 'show']).as('show'), {
      ...everyMember,
      guest,
      stranger: 404,
    })
    access(router.post('/:discussion_id/messages', [Messages, 'store']).as('messages.store'), {
      ...whoWorks,
      guest,
      stranger: 404,
    })
    access(
      router
        .post('/:discussion_id/messages/:message_id/cancellation', [Cancellations, 'store'])
        .as('messages.cancellations.store'),
      { ...whoWorks, guest, stranger: 404 }
    )
    access(
      router
        .post('/:discussion_id/messages/:message_id/attempts', [Attempts, 'store'])
        .as('messages.attempts.store'),
      { ...whoWorks, guest, stranger: 404 }
    )
  })
  .prefix('/discussions')
  .as('discussions')
  .use([...site, middleware.member(), middleware.unitOfWork()])
