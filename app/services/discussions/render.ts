import { MARKDOWN_VERSION, renderMarkdown } from '#inertia/lib/markdown'

export const RENDERER_VERSION = MARKDOWN_VERSION

const MAX_HTML_LENGTH = 300_000
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Markdown to safe HTML, once, with the renderer that the browser uses while a text grows. A text that would swell
 * beyond measure, such as a table of a thousand columns, is kept as it was written.
 */
export function render(markdown: string): string {
  const html = renderMarkdown(markdown)
  if (html.length <= MAX_HTML_LENGTH) return html
  return `<pre><code>${markdown.replaceAll(/[&<>"]/g, (mark) => ENTITIES[mark])}</code></pre>`
}
