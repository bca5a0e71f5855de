import remend from 'remend'
import MarkdownIt from 'markdown-it'

/** Raised whenever the same text would render differently: stored HTML of an older one is redone. */
export const MARKDOWN_VERSION = 1

const ALLOWED_LINK = /^(https:\/\/|mailto:)/i
const HTTPS = /^https:\/\//i
/** Headings of an answer stand below the h2 that names who gave it. */
const LEVEL_ABOVE = 2

const markdown = createRenderer()

/** HTML of a whole text. Raw HTML in it stays text; images become links; no script can run. */
export function renderMarkdown(text: string): string {
  return markdown.render(text)
}

/** HTML of a text that still grows: half-open emphasis, code and links are closed first. */
export function renderStreaming(text: string): string {
  return markdown.render(remend(text, { linkMode: 'text-only', images: false, htmlTags: false }))
}

/**
 * The top-level blocks of a text, in order. Joined they are the text again, to the character, so
 * all but the last can be rendered once while an answer grows.
 */
export function splitBlocks(text: string): string[] {
  const lineStarts = startsOfLines(text)
  const cuts = topLevelLines(text)
    .filter((line) => line > 0 && line < lineStarts.length)
    .map((line) => lineStarts[line])

  const edges = [0, ...new Set(cuts), text.length]
  return edges
    .slice(1)
    .map((end, index) => text.slice(edges[index], end))
    .filter((block) => block !== '')
}

function topLevelLines(text: string): number[] {
  const tokens: ReturnType<typeof markdown.parse> = []
  markdown.block.parse(text.replace(/\r\n?/g, '\n'), markdown, {}, tokens)
  return tokens.flatMap((token) =>
    token.level === 0 && token.nesting !== -1 && token.map ? [token.map[0]] : []
  )
}

function startsOfLines(text: string): number[] {
  const starts = [0]
  for (const { index, 0: ending } of text.matchAll(/\r\n|\r|\n/g))
    starts.push(index + ending.length)
  return starts
}

function createRenderer() {
  const md = new MarkdownIt({ html: false, linkify: true, typographer: false })
  md.linkify.set({ fuzzyLink: false, fuzzyIP: false })
  md.validateLink = (url) => ALLOWED_LINK.test(url.trim())

  const { escapeHtml } = md.utils
  const linkAttributes = 'target="_blank" rel="noopener noreferrer nofollow"'

  md.core.ruler.push('headings_below', (state) => {
    const headings = state.tokens.filter(({ type }) => type.startsWith('heading_'))
    const levels = [...new Set(headings.map(({ tag }) => tag))].sort()
    let last = LEVEL_ABOVE
    for (const token of headings) {
      if (token.type === 'heading_open') {
        last = Math.min(levels.indexOf(token.tag) + LEVEL_ABOVE + 1, last + 1, 6)
      }
      token.tag = `h${last}`
    }
  })

  md.renderer.rules.link_open = (tokens, index, options, _env, self) => {
    tokens[index].attrSet('target', '_blank')
    tokens[index].attrSet('rel', 'noopener noreferrer nofollow')
    return self.renderToken(tokens, index, options)
  }

  md.renderer.rules.image = (tokens, index) => {
    const source = String(tokens[index].attrGet('src') ?? '')
    const label = escapeHtml(tokens[index].content || source)
    if (!HTTPS.test(source)) return label
    return `<a href="${escapeHtml(source)}" ${linkAttributes}>${label}</a>`
  }

  md.renderer.rules.fence = (tokens, index) =>
    codeBlock(escapeHtml(tokens[index].content), escapeHtml(languageOf(tokens[index].info)))
  md.renderer.rules.code_block = (tokens, index) => codeBlock(escapeHtml(tokens[index].content), '')

  md.renderer.rules.table_open = () =>
    '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>\n'
  md.renderer.rules.table_close = () => '</table></div>\n'

  return md
}

function languageOf(info: string): string {
  return info.trim().split(/\s+/)[0].slice(0, 24)
}

function codeBlock(code: string, language: string): string {
  return (
    `<figure class="code-block"><figcaption><span>${language || 'text'}</span>` +
    `<button type="button" class="code-copy" data-copy-code>Copy</button></figcaption>` +
    `<pre tabindex="0"><code>${code.replace(/\n$/, '')}</code></pre></figure>\n`
  )
}
