import { defineJob } from '#services/queue/index'
import type { AnswerPayload } from '#services/discussions/index'

export default defineJob<AnswerPayload>({
  name: 'answer',
  slots: 10,
  timeoutSeconds: 1800,
  async handle(payload, { signal }) {
    const { answer } = await import('#services/discussions/index')
    await answer(payload, signal)
  },
  async onDead(payload, failure) {
    const { failAnswer } = await import('#services/discussions/index')
    await failAnswer(payload, failure)
  },
})
