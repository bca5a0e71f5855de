import { AnthropicProvider } from '#services/llm/anthropic_provider'
import { DemoProvider } from '#services/llm/demo_provider'
import { llm } from '#services/llm/index'
import { startFakeAnthropic, type FakeAnthropic } from '#tests/fakes/anthropic'

/** Puts a fake Anthropic on the wire behind the real adapter; the real configuration comes back at the end. */
export async function fakeAnthropic(context: {
  cleanup: (fn: () => Promise<void>) => void
}): Promise<FakeAnthropic> {
  const fake = await startFakeAnthropic()
  llm.registry.register(new AnthropicProvider({ apiKey: 'sk-test', baseUrl: fake.url }))
  context.cleanup(async () => {
    await fake.close()
    llm.registry.register(new AnthropicProvider({ apiKey: null }))
  })
  return fake
}

/** The demo at a pace for tests. */
export function hurryDemo() {
  llm.registry.register(new DemoProvider({ tokensPerSecond: 4000 }))
}
