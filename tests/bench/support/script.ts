import type { FakeCall, Step } from '#tests/fakes/anthropic'

/** What one answer is to be. It travels as the question's text, so that it reaches the fake by the real way. */
export type AnswerScript = {
  id: string
  words: number
  /** Between two words, in ms. */
  delayMs: number
  /** Before these words the fake says nothing for `stallMs`. */
  stallEvery?: number
  stallMs?: number
}

/** From the bench to the fake: begin to speak. From the fake: what it has said, whenever it grew. */
export type Go = { go: string }
export type Said = { id: string; text: string }

const MOONS = ['🌑', '🌒', '🌓', '🌔', '🌕', '🌖', '🌗', '🌘']
const WORDS_PER_PARAGRAPH = 60

export function scriptOf(call: FakeCall): AnswerScript {
  return JSON.parse(call.body.messages.at(-1)?.content ?? '')
}

/**
 * Numbered words with the moment they left, `17@1764000000000.12🌓 `. Of every seventh the two halves of the moon
 * leave one by one.
 */
export async function* speak(
  script: AnswerScript,
  go: Promise<void>,
  said: (text: string) => void
): AsyncGenerator<Step, void, undefined> {
  yield { event: 'message_start', data: { type: 'message_start', message: MESSAGE } }
  yield {
    event: 'content_block_start',
    data: { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  }
  yield { wait: go }
  for (let word = 1; word <= script.words; word++) {
    if (word > 1) yield { delayMs: pauseBefore(word, script) }
    const moon = MOONS[word % MOONS.length]
    const gap = word % WORDS_PER_PARAGRAPH === 0 ? '\n\n' : ' '
    const text = `${word}@${now().toFixed(2)}${moon}${gap}`
    said(text)
    const cut = word % 7 === 0 ? text.indexOf(moon) + 1 : text.length
    yield delta(text.slice(0, cut))
    if (cut < text.length) yield delta(text.slice(cut))
  }
  yield { event: 'content_block_stop', data: { type: 'content_block_stop', index: 0 } }
  const usage = { ...USAGE, output_tokens: script.words }
  const end = { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null }
  yield { event: 'message_delta', data: { type: 'message_delta', delta: end, usage } }
  yield { event: 'message_stop', data: { type: 'message_stop' } }
}

/** The moments at which the words of `text` left, in ms since 1970. A word without its end is left out. */
export function stampsOf(text: string): number[] {
  return [...text.matchAll(/@(\d+\.\d\d)(?=\P{Nd})/gu)].map(([, stamp]) => Number(stamp))
}

/** One clock for all processes of the bench. */
export function now() {
  return performance.timeOrigin + performance.now()
}

function pauseBefore(word: number, { delayMs, stallEvery, stallMs }: AnswerScript) {
  return stallEvery && stallMs && word % stallEvery === 0 ? stallMs : delayMs
}

function delta(text: string): Step {
  return {
    event: 'content_block_delta',
    data: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
  }
}

const USAGE = {
  input_tokens: 10,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  output_tokens: 1,
}

const MESSAGE = {
  id: 'msg_fake',
  type: 'message',
  role: 'assistant',
  model: 'fake',
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: USAGE,
}
