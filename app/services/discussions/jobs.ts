import { describeJob } from '#services/queue/index'
import type { AnswerPayload } from './answer.ts'

export const answerJob = describeJob<AnswerPayload>({
  name: 'answer',
  slots: 10,
  timeoutSeconds: 1800,
})
