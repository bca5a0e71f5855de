import { LlmError } from '#services/llm/errors'
import type { LlmProvider } from '#services/llm/provider'
import { DEFAULT_TIMEOUTS, streamWithTimeouts, type LlmTimeouts } from '#services/llm/timeouts'
import type { ChatRequest, LlmEvent, ModelListing } from '#services/llm/types'

/** The providers of this installation, in order of preference. */
export class LlmRegistry {
  #providers = new Map<string, LlmProvider>()

  constructor(public timeouts: LlmTimeouts = DEFAULT_TIMEOUTS) {}

  /** Takes the place of a provider with the same id. */
  register(provider: LlmProvider): this {
    this.#providers.set(provider.id, provider)
    return this
  }

  providers(): LlmProvider[] {
    return [...this.#providers.values()]
  }

  /** Every model of every provider, those that lack a key included, with a note saying so. */
  models(): ModelListing[] {
    return this.providers().flatMap((provider) =>
      provider.models().map((model) => ({
        ...model,
        providerLabel: provider.label,
        available: provider.unavailableBecause === null,
        note: provider.unavailableBecause,
      }))
    )
  }

  /** The first model that can be used now, or null when no provider is ready. */
  defaultModel(): ModelListing | null {
    return this.models().find((model) => model.available) ?? null
  }

  /**
   * The provider that answers for this model. Throws `LlmError`: `model_not_found` for an unknown
   * provider or model, `auth` when the provider lacks its key.
   */
  find(providerId: string, modelId: string): LlmProvider {
    const provider = this.#providers.get(providerId)
    if (!provider) throw new LlmError('model_not_found', { provider: 'This installation' })
    if (!provider.models().some(({ id }) => id === modelId)) {
      throw new LlmError('model_not_found', { provider: provider.label })
    }
    if (provider.unavailableBecause !== null) {
      throw new LlmError('auth', {
        provider: provider.label,
        remedy: provider.unavailableBecause,
      })
    }
    return provider
  }

  /** `find` and `streamWithTimeouts` in one: the way to make a call. */
  async *stream(
    providerId: string,
    request: ChatRequest,
    signal: AbortSignal
  ): AsyncGenerator<LlmEvent, void, undefined> {
    const provider = this.find(providerId, request.model)
    yield* streamWithTimeouts(provider, request, signal, this.timeouts)
  }
}
