import { defineConfig } from '@adonisjs/inertia'

export default defineConfig({
  rootView: 'inertia_layout',
  // What a page showed stays unreadable in the browser's history once its key is cleared, at the sign-in page.
  encryptHistory: true,
  ssr: { enabled: true, entrypoint: 'inertia/ssr.ts' },
})
