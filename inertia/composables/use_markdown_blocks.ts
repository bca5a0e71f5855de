import { computed } from 'vue'
import { renderMarkdown, renderStreaming, splitBlocks } from '~/lib/markdown'

/** Blocks of a growing text: finished ones are rendered once, the last one at every change. */
export function useMarkdownBlocks(text: () => string, growing: () => boolean) {
  let rendered = new Map<string, string>()

  return computed(() => {
    const blocks = splitBlocks(text())
    const kept = new Map<string, string>()
    const html = blocks.map((block, index) => {
      if (growing() && index === blocks.length - 1) return renderStreaming(block)
      const known = rendered.get(block) ?? renderMarkdown(block)
      kept.set(block, known)
      return known
    })
    rendered = kept
    return html
  })
}
