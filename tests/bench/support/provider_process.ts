import { startFakeAnthropic } from '#tests/fakes/anthropic'
import { scriptOf, speak, type Go } from './script.ts'

/** The fake Anthropic as a process of its own: speaks when the bench says go, and reports every word. */
const gates = new Map<string, PromiseWithResolvers<void>>()
const fake = await startFakeAnthropic()

fake.defaultScript = (call) => {
  const script = scriptOf(call)
  const said = (text: string) => process.send?.({ id: script.id, text })
  return { steps: speak(script, gateOf(script.id).promise, said) }
}
process.on('message', ({ go }: Go) => gateOf(go).resolve())
process.once('disconnect', () => process.exit())
process.send?.({ url: fake.url })

function gateOf(id: string) {
  const gate = gates.get(id) ?? Promise.withResolvers<void>()
  gates.set(id, gate)
  return gate
}
