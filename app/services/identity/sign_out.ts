import { withSessionClaim } from '#services/tenancy/index'

/** Revokes one session for good: a slow request that ends later cannot bring it back. */
export async function signOut(sessionHash: string): Promise<void> {
  await withSessionClaim(sessionHash, (trx) =>
    trx
      .from('app.user_sessions')
      .where('id', sessionHash)
      .whereNull('revoked_at')
      .update({ revoked_at: new Date() })
  )
}
