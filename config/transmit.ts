import { defineConfig } from '@adonisjs/transmit'

export default defineConfig({
  // The stream registry pings, so that no timer runs while nobody listens.
  pingInterval: false,
  transport: null,
})
