import Message from '#models/message'
import type Persona from '#models/persona'
import { llm, type ChatMessage, type ChatRequest } from '#services/llm/index'

const MAX_OUTPUT_TOKENS = 8_192

/** What the model gets: the persona, and all that was said on the way to this answer. */
export async function buildRequest(answer: Message, persona: Persona): Promise<ChatRequest> {
  const said = await Message.query()
    .where('discussion_id', answer.discussionId)
    .where('id', '<', answer.id)
    .whereNot('content', '')
    .orderBy('id')
    .select('role', 'content')
  const limit = llm.registry
    .models()
    .find(({ provider, id }) => provider === answer.provider && id === answer.model)

  return {
    model: answer.model ?? '',
    system: persona.systemPrompt,
    messages: alternate(said.map(({ role, content }) => ({ role, content }))),
    maxOutputTokens: Math.min(limit?.maxOutputTokens ?? MAX_OUTPUT_TOKENS, MAX_OUTPUT_TOKENS),
  }
}

/** Vendors want turns that alternate; an answer that never came leaves two questions in a row. */
function alternate(messages: ChatMessage[]): ChatMessage[] {
  return messages.reduce<ChatMessage[]>((turns, message) => {
    const last = turns.at(-1)
    if (last?.role !== message.role) return [...turns, message]
    return [...turns.slice(0, -1), { ...last, content: `${last.content}\n\n${message.content}` }]
  }, [])
}
