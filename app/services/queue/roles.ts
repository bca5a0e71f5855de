import { RolesError } from './errors.ts'

const ROLES = ['web', 'worker']

/** Refuses roles that do not exist, and a web without its worker when nothing carries events between them. */
export function assertRoles(roles: string[], redisUrl: string | undefined) {
  const unknown = roles.filter((role) => !ROLES.includes(role))
  if (unknown.length > 0 || roles.length === 0)
    throw new RolesError(`NYX_ROLES takes web, worker or web,worker, not "${roles.join(',')}".`)

  if (new Set(roles).size < ROLES.length && !redisUrl)
    throw new RolesError(
      `NYX_ROLES=${roles.join(',')} splits web and worker, which needs REDIS_URL: set it, or run both in one process.`
    )
}
