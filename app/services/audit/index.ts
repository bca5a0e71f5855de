import AuditEntry from '#models/audit_entry'
import { currentScope } from '#services/tenancy/index'

/**
 * Notes who did what, in the transaction of the change itself: either both stand or neither.
 * `detail` holds ids and names, never a secret and never content.
 */
export async function recordAudit(
  action: string,
  subject: { type: string; id: string },
  detail: Record<string, unknown> = {}
): Promise<void> {
  const { userId } = currentScope('An audit entry')
  await AuditEntry.create({
    actorId: userId,
    action,
    subjectType: subject.type,
    subjectId: subject.id,
    detail,
  })
}
