import type { ApplicationService } from '@adonisjs/core/types'
import { LlmRegistry, llm } from '#services/llm/index'

/** Puts the adapters behind the LLM port: vendors first, the demo as the last resort. */
export default class LlmServiceProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(LlmRegistry, () => llm.registry)
  }

  async boot() {
    const { default: config } = await import('#config/llm')
    const { AnthropicProvider } = await import('#services/llm/anthropic_provider')
    const { DemoProvider } = await import('#services/llm/demo_provider')

    llm.registry.timeouts = config.timeouts
    llm.registry.register(new AnthropicProvider(config.anthropic)).register(new DemoProvider())
  }
}
