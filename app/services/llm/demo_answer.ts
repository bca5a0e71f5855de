import { estimateTokens } from '#services/llm/tokens'
import type { ChatRequest } from '#services/llm/types'

interface Angle {
  /** Words in a persona's system prompt that call for this angle. */
  words: RegExp
  intro: string
  steps: string[]
}

const ANGLES: Angle[] = [
  {
    words: /\b(critic|objection|weak(ness|est)?|challenge|devil)/gi,
    intro: 'This persona looks for what does not hold. A model in its place would be asked to:',
    steps: [
      'find the claim in the question that everything else rests on',
      'name the strongest objection to it, and who would raise it',
      'say what evidence would settle the matter either way',
    ],
  },
  {
    words: /\b(research|source|evidence|literature|cite|fact)/gi,
    intro: 'This persona wants to know how we know. A model in its place would be asked to:',
    steps: [
      'separate what is established from what is assumed',
      'list what would have to be looked up, and where',
      'give each statement the confidence it deserves',
    ],
  },
  {
    words: /\b(maker|build|prototype|ship|craft|concrete)/gi,
    intro: 'This persona would rather build it. A model in its place would be asked to:',
    steps: [
      'find the smallest version that can be tried this week',
      'put its parts in the order in which they can fail',
      'say what to measure to know that it works',
    ],
  },
  {
    words: /\b(strateg|goal|trade-?off|priorit|long[- ]term|option)/gi,
    intro: 'This persona thinks in choices. A model in its place would be asked to:',
    steps: [
      'state the goal behind the question in one sentence',
      'set two or three real options side by side, with what each gives up',
      'recommend one, and say when to think again',
    ],
  },
]

const GENERAL: Angle = {
  words: /(?!)/g,
  intro: 'With a model behind it, an answer here usually does three things:',
  steps: [
    'it says back what it understood',
    'it answers, the most important thing first',
    'it names what is still open',
  ],
}

const CLOSINGS = [
  'Meanwhile, reload this page or open it in a second window: the same text goes on growing there.',
  'Meanwhile, press Stop while an answer grows: what has arrived stays, and Retry asks again.',
  'Meanwhile, ask the same thing as another persona and watch which parts of this text change.',
]

const CHAPTERS = [
  [
    'Why it arrives word by word',
    'A model produces its answer a few characters at a time. The worker passes them on as they come and writes them down at least twice a second, so nothing is lost when a line breaks.',
  ],
  [
    'What a persona is',
    'A name, a way of thinking and a system prompt. The same question to two personas gives two different answers, even from one model, because each is told what to care about.',
  ],
  [
    'What a token is',
    'Models read and write in pieces of about four characters of English. Prices and limits are counted in them; the figures under this answer are estimates, because nobody counted.',
  ],
  [
    'What happens when you leave',
    'Nothing stops. The answer is a job of its own: close the page, come back later or on another device, and the text stands where it stands, complete or still growing.',
  ],
  [
    'What the others see',
    'A discussion open to the workspace shows everybody the same text at the same moment. A viewer reads along; a member may also ask.',
  ],
  [
    'What can go wrong',
    'A provider may be overloaded, refuse, or fall silent. The discussion then says so in one sentence with the way out, and keeps what had already come.',
  ],
]

/**
 * The demo's answer in Markdown. The same request always gives the same text. The word "long" in the
 * question asks for a text of several screens.
 */
export function demoAnswer(request: ChatRequest): string {
  const question = request.messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const angle = angleFor(request.system)
  const long = /\blong\b/i.test(question)

  return [
    'No model was asked: this is the built-in demo, which shows what a model would have received.',
    `**You asked:** ${quoted(question, 240)}`,
    '## What arrived here',
    receivedTable(request),
    '## What a model would do with it',
    angle.intro,
    angle.steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    '## The request itself',
    'Shortened, this is what a provider is sent:',
    requestBlock(request),
    ...(long ? longPart(request) : []),
    '## How to get real answers',
    "- Put a provider's key into the `.env` file; the README says which variable.\n" +
      '- Start again, and choose one of its models in the message box.\n' +
      '- Ask once more: persona and discussion stay as they are.',
    long
      ? 'You wrote the word *long*, so this answer had several screens.'
      : 'Put the word *long* into a question, and this answer becomes several screens long.',
    CLOSINGS[fingerprint(request.system + question) % CLOSINGS.length],
  ].join('\n\n')
}

function angleFor(system: string): Angle {
  const scored = ANGLES.map((angle) => ({ angle, hits: system.match(angle.words)?.length ?? 0 }))
  const best = scored.reduce((a, b) => (b.hits > a.hits ? b : a))
  return best.hits > 0 ? best.angle : GENERAL
}

function receivedTable({ system, messages }: ChatRequest): string {
  const tokens = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)
  const rows = [
    ['Persona', system.trim() ? quoted(system, 160) : 'none: no system prompt came along'],
    ['Messages', `${messages.length}, this question included`],
    ['Size of the persona', `about ${estimateTokens(system)} tokens`],
    ['Size of the messages', `about ${tokens} tokens`],
  ]
  return [
    '| Part | What came |',
    '| --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
}

function requestBlock({ model, system, messages, maxOutputTokens }: ChatRequest): string {
  const shown = messages.slice(-3)
  const request = {
    model,
    system: shortened(system, 80),
    maxOutputTokens,
    messages: [
      ...(shown.length < messages.length
        ? [`${messages.length - shown.length} earlier ones left out here`]
        : []),
      ...shown.map(({ role, content }) => ({ role, content: shortened(content, 80) })),
    ],
  }
  return ['```json', JSON.stringify(request, null, 2), '```'].join('\n')
}

function longPart(request: ChatRequest): string[] {
  const start = fingerprint(request.system) % CHAPTERS.length
  const order = CHAPTERS.map((_, index) => CHAPTERS[(start + index) % CHAPTERS.length])
  return ['## While you watch', ...order.flatMap(([title, text]) => [`### ${title}`, text])]
}

/** One line of plain text, with nothing left that Markdown or a table would act upon. */
function quoted(text: string, length: number): string {
  return `“${shortened(text, length).replace(/[\\`*_{}[\]<>()#+|~!&:@]/g, '\\$&')}”`
}

function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= length ? line : `${line.slice(0, length).trimEnd().toWellFormed()}…`
}

function fingerprint(text: string): number {
  let hash = 0
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return hash
}
