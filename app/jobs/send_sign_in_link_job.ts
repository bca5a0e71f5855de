import { sendLink, sendSignInLinkJob } from '#services/identity/index'
import { defineJob } from '#services/queue/index'

export default defineJob(sendSignInLinkJob, {
  async handle({ loginTokenId }) {
    await sendLink(loginTokenId)
  },
})
