import { Ignitor } from '@adonisjs/core'
import type { Visitor } from '#tests/support/visitor'

const APP_ROOT = new URL('../../../', import.meta.url)

/** An apex host that `fetch` can be pointed at; there the session says which workspace is meant. */
export const HOST = '127.0.0.1'

/** Two signed-in people of one workspace, and what a question needs. */
export type Team = { asker: Visitor; reader: Visitor; personaId: string }

/** The app's own code makes workspaces and sign-in links; it runs here as on an operator's console. */
export async function bootApp() {
  const ignitor = new Ignitor(APP_ROOT, {
    importer: (path) => import(new URL(path, APP_ROOT).href),
  })
  const app = ignitor.createApp('console')
  await app.init()
  await app.boot()
  return app
}

/** Each team has a workspace of its own. */
export async function makeTeams(count: number): Promise<Team[]> {
  const { Visitor } = await import('#tests/support/visitor')
  const { makeWorkspace } = await import('#tests/support/workspace')
  const teams: Team[] = []
  for (let made = 0; made < count; made++) {
    const { people, personas } = await makeWorkspace()
    teams.push({
      asker: await Visitor.signedIn(people.member, HOST),
      reader: await Visitor.signedIn(people.viewer, HOST),
      personaId: personas[0].id,
    })
  }
  return teams
}
