import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import { declaredAccess, type Access } from '#start/access'
import type { Role } from '#services/identity/index'
import { UUIDS, fixtures, pathOf, withUnknownIds, type Fixture } from '#tests/support/routes'
import { Visitor, type Reply } from '#tests/support/visitor'
import { makeWorkspace, type Workspace } from '#tests/support/workspace'

type Walker = keyof Access
type Walked = { name: string; pattern: string; methods: string[]; expected: Access }

const MEMBERS: Role[] = ['owner', 'admin', 'member', 'viewer']
const WALKERS: Walker[] = [...MEMBERS, 'guest', 'stranger']

test.group('Access | every route', (group) => {
  let here: Workspace
  let there: Workspace

  group.setup(async () => {
    here = await makeWorkspace()
    there = await makeWorkspace()
  })

  test('says beside it what it answers to whom', ({ assert }) => {
    const declared = walkedRoutes().map(({ name }) => name)
    const routed = allRoutes().map(({ name, pattern }) => name ?? pattern)

    assert.deepEqual(
      routed.filter((name) => !declared.includes(name)),
      []
    )
    assert.isAbove(routed.length, 10)
  })

  test('has a fixture when it takes a parameter, and no fixture is for nothing', ({ assert }) => {
    const routes = walkedRoutes()
    const needy = routes.filter(({ pattern }) => pattern.includes(':')).map(({ name }) => name)

    assert.deepEqual(
      needy.filter((name) => !fixtures[name]),
      []
    )
    assert.deepEqual(
      Object.keys(fixtures).filter((name) => !routes.some((route) => route.name === name)),
      []
    )
  })

  for (const walker of WALKERS) {
    test(`answers to ${walker} as declared`, async ({ assert }) => {
      const declared: Record<string, Answer> = {}
      const answered: Record<string, Answer> = {}
      let visitor = await enter(walker, here, there)

      for (const route of walkedRoutes()) {
        for (const method of route.methods) {
          const fixture = await fixtureOf(route, here)
          declared[`${method} ${route.name}`] = route.expected[walker]
          answered[`${method} ${route.name}`] = await answerTo(
            visitor,
            method,
            route,
            walker,
            fixture
          )
        }
        if (route.name === 'session.destroy') visitor = await enter(walker, here, there)
      }

      assert.deepEqual(answered, declared)
    }).timeout(120_000)
  }

  test('is closed to somebody signed in here who is no member', async ({ assert }) => {
    const outsider = await Visitor.signedIn(there.people.owner, here.host)
    const closed = walkedRoutes().filter(
      ({ name, expected: { guest } }) =>
        name !== 'workspaces.none' && (guest === 401 || typeof guest === 'string')
    )

    for (const route of closed) {
      const method = route.methods[0]
      const fixture = await fixtureOf(route, here)
      const { status, body } = await request(outsider, method, route, fixture, 'application/json')
      assert.equal(status, 403, route.name)
      assert.include(body, 'E_NO_WORKSPACE', route.name)
    }
    assert.isAbove(closed.length, 5)
  })

  test("tells a stranger of another's record what it tells of one that nobody has", async ({
    assert,
  }) => {
    const stranger = await Visitor.signedIn(there.people.owner, there.host)
    const hidden = walkedRoutes().filter(({ expected }) => expected.stranger === 404)

    for (const route of hidden) {
      const method = route.methods[0]
      for (const accept of ['application/json', 'text/html']) {
        const theirs = await fixtureOf(route, here)
        const nobodys = withUnknownIds(theirs)
        assert.deepEqual(
          anonymous(await request(stranger, method, route, theirs, accept)),
          anonymous(await request(stranger, method, route, nobodys, accept)),
          `${route.name} as ${accept}`
        )
      }
    }
    assert.isAbove(hidden.length, 4)
  })
})

type Answer = Access[Walker]

/** Who walks: members and guests on the workspace's host, the stranger on the host of a workspace they own. */
function enter(walker: Walker, here: Workspace, there: Workspace): Visitor | Promise<Visitor> {
  if (walker === 'guest') return new Visitor(here.host)
  if (walker === 'stranger') return Visitor.signedIn(there.people.owner, there.host)
  return Visitor.signedIn(here.people[walker], here.host)
}

/** The answer in the words of a declaration: a status, or the door that one is shown. */
async function answerTo(
  visitor: Visitor,
  method: string,
  route: Walked,
  walker: Walker,
  fixture: Fixture
): Promise<Answer> {
  const expected = route.expected[walker]
  const leads = typeof expected === 'string'
  // As HTML a refusal leads back to where one was: only JSON tells it from a success. Doors are for people.
  const accept = leads || (method !== 'POST' && expected < 400) ? 'text/html' : 'application/json'
  const { status, location } = await request(visitor, method, route, fixture, accept)
  return leads && status === 302 && location ? `-> ${location}` : status
}

function request(
  visitor: Visitor,
  method: string,
  route: Walked,
  fixture: Fixture,
  accept: string
) {
  const path = pathOf(route.pattern, fixture)
  const options = { accept, untilHeaders: path.startsWith('/events') }
  if (method === 'POST') return visitor.post(path, fixture.body, options)
  return visitor.request(method, path, undefined, options)
}

async function fixtureOf({ name }: Walked, workspace: Workspace): Promise<Fixture> {
  return (await fixtures[name]?.(workspace)) ?? {}
}

function allRoutes() {
  return Object.values(router.toJSON()).flat()
}

/** HEAD comes with every GET, so it is walked too. */
function walkedRoutes(): Walked[] {
  return declaredAccess().map(({ route, expected }) => ({
    name: route.name ?? route.pattern,
    pattern: route.pattern,
    methods: route.methods,
    expected,
  }))
}

/** An answer without what differs by nature: ids, the request's own number, nonces, CSRF tokens, dates. */
function anonymous({ status, headers, body }: Reply) {
  const plain = (text: string) =>
    text
      .replaceAll(UUIDS, '<id>')
      .replaceAll(/nonce(-|=")[\w-]+/g, 'nonce')
      .replaceAll(/"csrfToken":"[^"]+"/g, '"csrfToken"')
  const { date, 'set-cookie': cookies, 'x-request-id': requestId, ...rest } = headers
  return {
    status,
    body: plain(body).replaceAll(requestId ? String(requestId) : '<none>', '<request>'),
    headers: plain(JSON.stringify(rest)),
    cookies: cookies?.map((line) => line.split('=')[0]),
  }
}
