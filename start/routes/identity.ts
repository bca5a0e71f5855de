import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { access, open } from '#start/access'
import { site } from '#start/kernel'

const membersGoHome = { owner: 302, admin: 302, member: 302, viewer: 302, stranger: 302 }

router
  .group(() => {
    const { SignIn } = controllers.signIn
    access(router.get('/sign-in', [SignIn, 'create']).as('sign_in.create'), {
      ...membersGoHome,
      guest: 200,
    })
    open(router.post('/sign-in', [SignIn, 'store']).as('sign_in.store'), 302)
    open(router.get('/sign-in/sent', [SignIn, 'sent']).as('sign_in.sent'), 200)

    const { Links } = controllers.signIn
    open(router.get('/sign-in/links/:token', [Links, 'show']).as('sign_in_links.show'), 200)
    open(router.post('/sign-in/links/:token', [Links, 'update']).as('sign_in_links.update'), 200)

    open(
      router.post('/sign-out', [controllers.signIn.Sessions, 'destroy']).as('session.destroy'),
      302
    )
    access(
      router.get('/no-workspace', [controllers.signIn.Workspaces, 'none']).as('workspaces.none'),
      { ...membersGoHome, guest: '-> /sign-in' }
    )
  })
  .use(site)
