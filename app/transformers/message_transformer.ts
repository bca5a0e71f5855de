import { RETRYABLE, UNFINISHED } from '#models/message'
import { BaseTransformer } from '@adonisjs/core/transformers'
import { personName, type MessageRow } from '#services/discussions/index'
import { llm } from '#services/llm/index'

export default class MessageTransformer extends BaseTransformer<MessageRow> {
  constructor(
    resource: MessageRow,
    private rights: { write: boolean }
  ) {
    super(resource)
  }

  toObject() {
    const { resource: row } = this
    const { write } = this.rights
    const isAnswer = row.role === 'assistant'
    return {
      ...this.pick(row, ['id', 'role', 'status', 'attempt', 'version', 'content', 'reasoning']),
      ...this.pick(row, ['html', 'provider', 'model', 'finishReason', 'leftOut']),
      author: row.authorId ? { id: row.authorId, name: personName(row.authorName) } : null,
      persona: this.#persona(),
      modelLabel: modelLabel(row.provider, row.model),
      error: row.errorCode ? { code: row.errorCode, message: row.errorMessage ?? '' } : null,
      usage: this.#usage(),
      durationMs: between(row.startedAt, row.finishedAt),
      firstTokenMs: between(row.startedAt, row.firstTokenAt),
      createdAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      can: {
        stop: write && isAnswer && UNFINISHED.includes(row.status),
        retry: write && isAnswer && RETRYABLE.includes(row.status),
      },
    }
  }

  #persona() {
    const { personaId, personaName, tagline, moon, lane } = this.resource
    if (personaId === null) return null
    return {
      id: personaId,
      name: personaName ?? '',
      tagline: tagline ?? '',
      moon: moon ?? 0,
      lane: lane ?? 1,
    }
  }

  #usage() {
    const { inputFresh, inputCacheRead, inputCacheWrite, outputTokens } = this.resource
    const { costNanos, estimated } = this.resource
    if (inputFresh === null) return null
    return {
      inputTokens: inputFresh + (inputCacheRead ?? 0) + (inputCacheWrite ?? 0),
      outputTokens: outputTokens ?? 0,
      estimated: estimated ?? false,
      costNanos: costNanos === null ? null : Number(costNanos),
    }
  }
}

/** A model's name as people know it; its id when the provider no longer lists it. */
function modelLabel(provider: string | null, model: string | null) {
  return (
    llm.registry.models().find((one) => one.provider === provider && one.id === model)?.label ??
    model
  )
}

function between(from: Date | null, to: Date | null) {
  return from && to ? Math.max(0, to.getTime() - from.getTime()) : null
}
