import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#exceptions/handler'))

server.use([
  () => import('#middleware/safe_headers_middleware'),
  () => import('#middleware/container_bindings_middleware'),
  () => import('#middleware/inertia_middleware'),
  () => import('#middleware/private_assets_middleware'),
  () => import('@adonisjs/static/static_middleware'),
  () => import('@adonisjs/vite/vite_middleware'),
])

export const middleware = router.named({
  host: () => import('#middleware/host_middleware'),
  plainBody: () => import('#middleware/plain_body_middleware'),
  body: () => import('@adonisjs/core/bodyparser_middleware'),
  session: () => import('@adonisjs/session/session_middleware'),
  shield: () => import('@adonisjs/shield/shield_middleware'),
  auth: () => import('@adonisjs/auth/initialize_auth_middleware'),
  bouncer: () => import('#middleware/initialize_bouncer_middleware'),
  tenant: () => import('#middleware/tenant_middleware'),
  member: () => import('#middleware/member_middleware'),
  unitOfWork: () => import('#middleware/unit_of_work_middleware'),
  developer: () => import('#middleware/developer_middleware'),
})

/** Everything a page needs before it may look at a tenant's rows. `/health` does without. */
export const site = [
  middleware.host(),
  middleware.plainBody(),
  middleware.body(),
  middleware.session(),
  middleware.shield(),
  middleware.auth(),
  middleware.bouncer(),
  middleware.tenant(),
]
