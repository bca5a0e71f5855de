import { MARKDOWN_VERSION, renderMarkdown } from '#inertia/lib/markdown'

export const RENDERER_VERSION = MARKDOWN_VERSION

/** Markdown to safe HTML, once, with the renderer that the browser uses while a text grows. */
export const render = renderMarkdown
