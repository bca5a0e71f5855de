import Message from '#models/message'
import { withTenantScope } from '#services/tenancy/index'
import { v7 as uuid } from 'uuid'
import type { Workspace } from './workspace.js'

/**
 * Puts `count` finished messages, questions and answers in turn, before everything that is in a discussion. The
 * n-th says `said(n)`.
 */
export async function fillDiscussion(
  { tenant, people, personas }: Workspace,
  discussionId: string,
  count: number,
  said: (n: number) => string
) {
  const long = Date.now() - 3_600_000
  await withTenantScope({ tenantId: tenant.id, userId: people.member.id }, () =>
    Message.createMany(
      Array.from({ length: count }, (_, n) => ({
        id: uuid({ msecs: long + n }),
        discussionId,
        status: 'complete' as const,
        content: said(n),
        ...(n % 2 === 0
          ? { role: 'user' as const, authorId: people.member.id }
          : {
              role: 'assistant' as const,
              personaId: personas[0].id,
              provider: 'anthropic',
              model: 'claude-sonnet-5-5',
            }),
      }))
    )
  )
}
