import { defineJob } from '#services/queue/index'

export default defineJob<{ tenantId: string; actorId: string; messageId: string }>({
  name: 'answer',
  slots: 10,
  timeoutSeconds: 1800,
  async handle(payload, { signal }) {
    const { answer } = await import('#services/discussions/index')
    await answer(payload, signal)
  },
  async onDead(payload) {
    const { failAnswer } = await import('#services/discussions/index')
    await failAnswer(payload)
  },
})
