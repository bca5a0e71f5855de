import { defineJob } from '#services/queue/index'

export default defineJob<{ tenantId: null; actorId: null; loginTokenId: string }>({
  name: 'send_sign_in_link',
  global: true,
  async handle({ loginTokenId }) {
    const { sendLink } = await import('#services/identity/index')
    await sendLink(loginTokenId)
  },
})
