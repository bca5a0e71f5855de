import { answer, answerJob, failAnswer } from '#services/discussions/index'
import { defineJob } from '#services/queue/index'

export default defineJob(answerJob, {
  async handle(payload, { signal }) {
    await answer(payload, signal)
  },

  async onDead(payload, failure) {
    await failAnswer(payload, failure)
  },
})
