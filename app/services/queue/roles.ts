import { RolesError } from './errors.ts'

const ROLES = ['web', 'worker']

/** Refuses roles that do not exist, and a web without its worker: nothing carries live events between processes. */
export function assertRoles(roles: string[]) {
  const unknown = roles.filter((role) => !ROLES.includes(role))
  if (unknown.length > 0 || roles.length === 0)
    throw new RolesError(`NYX_ROLES takes web, worker or web,worker, not "${roles.join(',')}".`)

  if (new Set(roles).size < ROLES.length)
    throw new RolesError(
      `NYX_ROLES=${roles.join(',')} would leave live events behind: one process must be web and worker. Remove it.`
    )
}
