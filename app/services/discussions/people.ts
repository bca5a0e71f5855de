import User from '#models/user'
import type Discussion from '#models/discussion'

/** Who opened a discussion; null when they have left the workspace. */
export async function ownerOf(discussion: Discussion): Promise<User | null> {
  return User.find(discussion.ownerId)
}

/** Row security shows the people of today; what somebody wrote before they left stays. */
export function personName(name: string | null | undefined): string {
  return name ?? 'Former member'
}
