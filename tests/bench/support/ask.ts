import type { AnswerScript } from './script.ts'
import type { Team } from './people.ts'

/** Asks in a new discussion; answers with its path. */
export async function ask({ asker, personaId }: Team, script: AnswerScript): Promise<string> {
  const content = JSON.stringify(script)
  const model = { provider: 'anthropic', model: 'claude-sonnet-5-5' }
  const { status, location } = await asker.post('/discussions', { content, personaId, ...model })
  if (status !== 302 || !location) throw new Error(`Asking was answered with ${status}.`)
  return location
}
