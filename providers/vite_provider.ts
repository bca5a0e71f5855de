import ViteProvider from '@adonisjs/vite/vite_provider'

/** Tests see what people will see, the build: the stock provider would start a development server for them. */
export default class BuiltViteProvider extends ViteProvider {
  override async start() {
    if (!this.app.inTest) await super.start()
  }

  override async shutdown() {
    if (!this.app.inTest) await super.shutdown()
  }
}
