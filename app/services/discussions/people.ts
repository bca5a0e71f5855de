/** Row security shows the people of today; what somebody wrote before they left stays. */
export function personName(name: string | null | undefined): string {
  return name ?? 'Former member'
}
