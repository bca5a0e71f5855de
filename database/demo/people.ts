export const DEMO_PEOPLE = [
  { email: 'mara@harbourpine.example', name: 'Mara Ellingsen', role: 'owner' },
  { email: 'tobias@harbourpine.example', name: 'Tobias Quandt', role: 'member' },
  { email: 'ines@harbourpine.example', name: 'Ines Okafor-Lindqvist', role: 'viewer' },
] as const

export const DEMO_OWNER = DEMO_PEOPLE[0]
