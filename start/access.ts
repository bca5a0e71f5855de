import type { Route } from '@adonisjs/core/http'

type Status = number
/** The answer to each role: a status, or where the answer leads (`-> /sign-in`). */
export type Access = {
  owner: Status
  admin: Status
  member: Status
  viewer: Status
  /** Nobody is signed in. */
  guest: Status | `-> ${string}`
  /** An owner elsewhere, with this tenant's ids in path and body. */
  stranger: Status
}

const declared = new Map<Route, Access>()

/** Declares beside a route what it answers to whom. A test walks all routes; one without this fails it. */
export function access(route: Route, expected: Access): Route {
  declared.set(route, expected)
  return route
}

/** The same answer for everybody. */
export function open(route: Route, status: Status): Route {
  return access(route, {
    owner: status,
    admin: status,
    member: status,
    viewer: status,
    guest: status,
    stranger: status,
  })
}

export function declaredAccess() {
  return [...declared].map(([route, expected]) => ({ route: route.toJSON(), expected }))
}
