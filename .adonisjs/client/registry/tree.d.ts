/* eslint-disable prettier/prettier */
import type { routes } from './index.ts'

export interface ApiDefinition {
  health: {
    show: typeof routes['health.show']
  }
  signIn: {
    create: typeof routes['sign_in.create']
    store: typeof routes['sign_in.store']
    sent: typeof routes['sign_in.sent']
  }
  signInLinks: {
    show: typeof routes['sign_in_links.show']
    update: typeof routes['sign_in_links.update']
  }
  session: {
    destroy: typeof routes['session.destroy']
  }
  workspaces: {
    none: typeof routes['workspaces.none']
  }
  home: typeof routes['home']
  discussions: {
    index: typeof routes['discussions.index']
    create: typeof routes['discussions.create']
    store: typeof routes['discussions.store']
    show: typeof routes['discussions.show']
    messages: {
      store: typeof routes['discussions.messages.store']
      cancellations: {
        store: typeof routes['discussions.messages.cancellations.store']
      }
      attempts: {
        store: typeof routes['discussions.messages.attempts.store']
      }
    }
  }
  events: {
    show: typeof routes['events.show']
  }
  dev: {
    mailbox: {
      index: typeof routes['dev.mailbox.index']
      show: typeof routes['dev.mailbox.show']
    }
  }
}
