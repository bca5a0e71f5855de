import { LlmError, type ChatRequest, type LlmEvent } from '#services/llm/index'

export function chatRequest(overrides: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: 'claude-sonnet-5-5',
    system: 'You are a critic. Look for the weakest claim.',
    messages: [{ role: 'user', content: 'Shall we move to a four-day week?' }],
    maxOutputTokens: 4096,
    ...overrides,
  }
}

export interface Heard {
  events: LlmEvent[]
  text: string
  reasoning: string
  error: unknown
}

/** Reads to the end, keeping what came before a failure. */
export async function listen(stream: AsyncIterable<LlmEvent>): Promise<Heard> {
  const heard: Heard = { events: [], text: '', reasoning: '', error: null }
  try {
    for await (const event of stream) {
      heard.events.push(event)
      if (event.type === 'text') heard.text += event.text
      if (event.type === 'reasoning') heard.reasoning += event.text
    }
  } catch (error) {
    heard.error = error
  }
  return heard
}

export function codeOf(error: unknown): string | null {
  return error instanceof LlmError ? error.code : null
}
