import { describeJob } from '#services/queue/index'

export const sendSignInLinkJob = describeJob<{
  tenantId: null
  actorId: null
  loginTokenId: string
}>({ name: 'send_sign_in_link', global: true })
