import { defineConfig, drivers } from '@adonisjs/core/hash'

/** Nothing is hashed with a password function here (there are no passwords); the framework asks for a default. */
const hashConfig = defineConfig({ default: 'scrypt', list: { scrypt: drivers.scrypt({}) } })

export default hashConfig

declare module '@adonisjs/core/types' {
  export interface HashersList extends InferHashers<typeof hashConfig> {}
}
