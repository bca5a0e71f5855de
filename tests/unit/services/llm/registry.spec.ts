import { test } from '@japa/runner'
import { AnthropicProvider } from '#services/llm/anthropic_provider'
import { DemoProvider } from '#services/llm/demo_provider'
import { LlmProvider, LlmRegistry, streamWithTimeouts } from '#services/llm/index'
import { chatRequest, codeOf, listen } from '#tests/unit/services/llm/support'

const never = new AbortController().signal

function registryWith(apiKey: string | null) {
  return new LlmRegistry()
    .register(new AnthropicProvider({ apiKey }))
    .register(new DemoProvider({ tokensPerSecond: 0 }))
}

test.group('The registry', () => {
  test('lists every model; those without a key with a note', ({ assert }) => {
    const models = registryWith(null).models()
    const [anthropic, demo] = [models[0], models.at(-1)]

    assert.deepInclude(anthropic, { providerLabel: 'Anthropic', available: false })
    assert.include(anthropic.note ?? '', 'ANTHROPIC_API_KEY')
    assert.deepInclude(demo, { provider: 'demo', available: true, note: null })
  })

  test('the default is the first model that can be used', ({ assert }) => {
    assert.equal(registryWith(null).defaultModel()?.provider, 'demo')
    assert.equal(registryWith('key').defaultModel()?.provider, 'anthropic')
    assert.isNull(new LlmRegistry().defaultModel())
  })

  test('finds a provider, or says with a code why not', ({ assert }) => {
    const registry = registryWith(null)
    const codeFor = (provider: string, model: string) => {
      try {
        return registry.find(provider, model).id
      } catch (error) {
        return codeOf(error)
      }
    }

    assert.equal(codeFor('demo', 'demo'), 'demo')
    assert.equal(codeFor('demo', 'other'), 'model_not_found')
    assert.equal(codeFor('nobody', 'demo'), 'model_not_found')
    assert.equal(codeFor('anthropic', 'claude-sonnet-5-5'), 'auth')
  })

  test('streams from the provider it found', async ({ assert }) => {
    const stream = registryWith(null).stream('demo', chatRequest({ model: 'demo' }), never)
    assert.match((await listen(stream)).text, /^No model was asked/)
  })
})

class DeafProvider extends LlmProvider {
  readonly id = 'deaf'
  readonly label = 'Deaf'
  readonly unavailableBecause = null
  tidied = false
  models() {
    return []
  }
  async *stream() {
    try {
      yield { type: 'text' as const, text: 'One' }
      await new Promise(() => {})
    } finally {
      this.tidied = true
    }
  }
}

test.group('Time-outs', () => {
  test('stop is answered at once by an adapter that does not react', async ({ assert }) => {
    const stop = new AbortController()
    const stream = streamWithTimeouts(new DeafProvider(), chatRequest(), stop.signal)
    await stream.next()
    const rest = listen(stream)

    stop.abort()

    assert.equal(codeOf((await rest).error), 'cancelled')
  })

  test('a reader that leaves early lets the adapter tidy up', async ({ assert }) => {
    const provider = new DeafProvider()
    for await (const event of streamWithTimeouts(provider, chatRequest(), never)) {
      assert.equal(event.type, 'text')
      break
    }
    assert.isTrue(provider.tidied)
  })

  test('no listener stays on a long-lived signal', async ({ assert }) => {
    const stop = new AbortController()
    const added = new Set<unknown>()
    const { addEventListener, removeEventListener } = stop.signal
    stop.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      added.add(args[1])
      return addEventListener.apply(stop.signal, args)
    }
    stop.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      added.delete(args[1])
      return removeEventListener.apply(stop.signal, args)
    }

    const demo = new DemoProvider({ tokensPerSecond: 0 })
    await listen(streamWithTimeouts(demo, chatRequest({ model: 'demo' }), stop.signal))

    assert.equal(added.size, 0)
  })
})
