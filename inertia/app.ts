import './css/app.css'
import { client } from '~/client'
import AppLayout from '~/layouts/app.vue'
import { pageTitle } from '~/lib/format'
import { createLive } from '~/composables/use_live'
import { createInertiaApp } from '@inertiajs/vue3'
import { TuyauProvider } from '@adonisjs/inertia/vue'
import { resolvePageComponent } from '@adonisjs/inertia/helpers'
import { createApp, createSSRApp, h, type DefineComponent } from 'vue'

createInertiaApp({
  title: pageTitle,
  resolve: (name) =>
    resolvePageComponent(
      `./pages/${name}.vue`,
      import.meta.glob<DefineComponent>('./pages/**/*.vue'),
      AppLayout
    ),
  setup({ el, App, props, plugin }) {
    const create = el.hasAttribute('data-server-rendered') ? createSSRApp : createApp
    create({ render: () => h(TuyauProvider, { client }, { default: () => h(App, props) }) })
      .use(plugin)
      .use(createLive())
      .mount(el)
  },
  // The bar's own style element would break the content policy; components.css draws it.
  progress: { includeCSS: false, showSpinner: false },
})
