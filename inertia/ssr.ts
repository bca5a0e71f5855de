import { client } from '~/client'
import AppLayout from '~/layouts/app.vue'
import { pageTitle } from '~/lib/format'
import { createLive } from '~/composables/use_live'
import { type Page } from '@inertiajs/core'
import { createInertiaApp } from '@inertiajs/vue3'
import { TuyauProvider } from '@adonisjs/inertia/vue'
import { renderToString } from '@vue/server-renderer'
import { createSSRApp, h, type DefineComponent } from 'vue'
import { resolvePageComponent } from '@adonisjs/inertia/helpers'

export default function render(page: Page) {
  return createInertiaApp({
    page,
    render: renderToString,
    title: pageTitle,
    resolve: (name) =>
      resolvePageComponent(
        `./pages/${name}.vue`,
        import.meta.glob<DefineComponent>('./pages/**/*.vue', { eager: true }),
        AppLayout
      ),
    setup: ({ App, props, plugin }) =>
      createSSRApp({
        render: () => h(TuyauProvider, { client }, { default: () => h(App, props) }),
      })
        .use(plugin)
        .use(createLive()),
  })
}
