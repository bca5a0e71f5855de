import type Discussion from '#models/discussion'
import { broadcast, registerChannel } from '#services/realtime/index'
import { currentScope } from '#services/tenancy/index'
import { findDiscussion } from './find.ts'

/** What people may watch: a discussion that they may see, and their workspace's list of them. */
export function watchableChannels() {
  registerChannel('discussion', async (id) =>
    findDiscussion(id).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === 'E_ROW_NOT_FOUND') return false
        throw error
      }
    )
  )
  registerChannel('discussions', async (id) => currentScope().tenantId === id)
}

/** After commit, tells whoever watches that a message reached a version, and that the list moved. */
export function announceMessage(
  discussion: Pick<Discussion, 'id' | 'tenantId'>,
  message: { id: string; version: number }
) {
  const { tenantId, id } = discussion
  currentScope().afterCommit(() => {
    broadcast(tenantId, 'discussion', id, {
      type: 'message',
      id: message.id,
      version: message.version,
    })
    broadcast(tenantId, 'discussions', tenantId, {
      type: 'discussions',
      id: tenantId,
      version: Date.now(),
    })
  })
}
