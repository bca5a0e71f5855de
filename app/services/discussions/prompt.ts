import Message from '#models/message'
import type Persona from '#models/persona'
import { estimateTokens, llm, type ChatMessage, type ChatRequest } from '#services/llm/index'

const MAX_OUTPUT_TOKENS = 8_192
/** Beyond this every further question would pay for the whole past again. */
const MAX_PROMPT_TOKENS = 100_000
const MAX_PROMPT_MESSAGES = 500

/**
 * What the model gets: the persona, and what was said on the way to this answer, the latest first until the prompt
 * is full. `leftOut` counts the older messages that found no room.
 */
export async function buildRequest(
  answer: Message,
  persona: Persona
): Promise<{ request: ChatRequest; leftOut: number }> {
  const model = llm.registry
    .models()
    .find(({ provider, id }) => provider === answer.provider && id === answer.model)
  const maxOutputTokens = Math.min(model?.maxOutputTokens ?? MAX_OUTPUT_TOKENS, MAX_OUTPUT_TOKENS)
  const room =
    Math.min(MAX_PROMPT_TOKENS, (model?.contextTokens ?? MAX_PROMPT_TOKENS) - maxOutputTokens) -
    estimateTokens(persona.systemPrompt)

  const said = () =>
    Message.query()
      .where('discussion_id', answer.discussionId)
      .where('id', '<', answer.id)
      .whereNot('content', '')
  const latest = await said()
    .orderBy('id', 'desc')
    .limit(MAX_PROMPT_MESSAGES)
    .select('role', 'content')
  const kept = fitting(latest, room)
  const [{ total }] = await said().count('* as total').pojo<{ total: string }>()

  return {
    request: {
      model: answer.model ?? '',
      system: persona.systemPrompt,
      messages: alternate(kept.reverse()),
      maxOutputTokens,
    },
    leftOut: Number(total) - kept.length,
  }
}

/** The latest turns that fit, always with the question itself, and beginning with a question as vendors want it. */
function fitting(latestFirst: Message[], room: number): ChatMessage[] {
  const kept: ChatMessage[] = []
  let left = room
  for (const { role, content } of latestFirst) {
    left -= estimateTokens(content)
    if (left < 0 && kept.length > 0) break
    kept.push({ role, content })
  }
  while (kept.length > 1 && kept.at(-1)?.role === 'assistant') kept.pop()
  return kept
}

/** Vendors want turns that alternate; an answer that never came leaves two questions in a row. */
function alternate(messages: ChatMessage[]): ChatMessage[] {
  return messages.reduce<ChatMessage[]>((turns, message) => {
    const last = turns.at(-1)
    if (last?.role !== message.role) return [...turns, message]
    return [...turns.slice(0, -1), { ...last, content: `${last.content}\n\n${message.content}` }]
  }, [])
}
