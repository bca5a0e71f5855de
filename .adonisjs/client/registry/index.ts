/* eslint-disable prettier/prettier */
import type { AdonisEndpoint } from '@tuyau/core/types'
import type { Registry } from './schema.d.ts'
import type { ApiDefinition } from './tree.d.ts'

const placeholder: any = {}

const routes = {
  'health.show': {
    methods: ["GET","HEAD"],
    pattern: '/health',
    tokens: [{"old":"/health","type":0,"val":"health","end":""}],
    types: placeholder as Registry['health.show']['types'],
  },
  'sign_in.create': {
    methods: ["GET","HEAD"],
    pattern: '/sign-in',
    tokens: [{"old":"/sign-in","type":0,"val":"sign-in","end":""}],
    types: placeholder as Registry['sign_in.create']['types'],
  },
  'sign_in.store': {
    methods: ["POST"],
    pattern: '/sign-in',
    tokens: [{"old":"/sign-in","type":0,"val":"sign-in","end":""}],
    types: placeholder as Registry['sign_in.store']['types'],
  },
  'sign_in.sent': {
    methods: ["GET","HEAD"],
    pattern: '/sign-in/sent',
    tokens: [{"old":"/sign-in/sent","type":0,"val":"sign-in","end":""},{"old":"/sign-in/sent","type":0,"val":"sent","end":""}],
    types: placeholder as Registry['sign_in.sent']['types'],
  },
  'sign_in_links.show': {
    methods: ["GET","HEAD"],
    pattern: '/sign-in/links/:token',
    tokens: [{"old":"/sign-in/links/:token","type":0,"val":"sign-in","end":""},{"old":"/sign-in/links/:token","type":0,"val":"links","end":""},{"old":"/sign-in/links/:token","type":1,"val":"token","end":""}],
    types: placeholder as Registry['sign_in_links.show']['types'],
  },
  'sign_in_links.update': {
    methods: ["POST"],
    pattern: '/sign-in/links/:token',
    tokens: [{"old":"/sign-in/links/:token","type":0,"val":"sign-in","end":""},{"old":"/sign-in/links/:token","type":0,"val":"links","end":""},{"old":"/sign-in/links/:token","type":1,"val":"token","end":""}],
    types: placeholder as Registry['sign_in_links.update']['types'],
  },
  'session.destroy': {
    methods: ["POST"],
    pattern: '/sign-out',
    tokens: [{"old":"/sign-out","type":0,"val":"sign-out","end":""}],
    types: placeholder as Registry['session.destroy']['types'],
  },
  'workspaces.none': {
    methods: ["GET","HEAD"],
    pattern: '/no-workspace',
    tokens: [{"old":"/no-workspace","type":0,"val":"no-workspace","end":""}],
    types: placeholder as Registry['workspaces.none']['types'],
  },
  'home': {
    methods: ["GET","HEAD"],
    pattern: '/',
    tokens: [{"old":"/","type":0,"val":"/","end":""}],
    types: placeholder as Registry['home']['types'],
  },
  'discussions.index': {
    methods: ["GET","HEAD"],
    pattern: '/discussions',
    tokens: [{"old":"/discussions","type":0,"val":"discussions","end":""}],
    types: placeholder as Registry['discussions.index']['types'],
  },
  'discussions.create': {
    methods: ["GET","HEAD"],
    pattern: '/discussions/new',
    tokens: [{"old":"/discussions/new","type":0,"val":"discussions","end":""},{"old":"/discussions/new","type":0,"val":"new","end":""}],
    types: placeholder as Registry['discussions.create']['types'],
  },
  'discussions.store': {
    methods: ["POST"],
    pattern: '/discussions',
    tokens: [{"old":"/discussions","type":0,"val":"discussions","end":""}],
    types: placeholder as Registry['discussions.store']['types'],
  },
  'discussions.show': {
    methods: ["GET","HEAD"],
    pattern: '/discussions/:id',
    tokens: [{"old":"/discussions/:id","type":0,"val":"discussions","end":""},{"old":"/discussions/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['discussions.show']['types'],
  },
  'discussions.messages.store': {
    methods: ["POST"],
    pattern: '/discussions/:discussion_id/messages',
    tokens: [{"old":"/discussions/:discussion_id/messages","type":0,"val":"discussions","end":""},{"old":"/discussions/:discussion_id/messages","type":1,"val":"discussion_id","end":""},{"old":"/discussions/:discussion_id/messages","type":0,"val":"messages","end":""}],
    types: placeholder as Registry['discussions.messages.store']['types'],
  },
  'discussions.messages.cancellations.store': {
    methods: ["POST"],
    pattern: '/discussions/:discussion_id/messages/:message_id/cancellation',
    tokens: [{"old":"/discussions/:discussion_id/messages/:message_id/cancellation","type":0,"val":"discussions","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/cancellation","type":1,"val":"discussion_id","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/cancellation","type":0,"val":"messages","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/cancellation","type":1,"val":"message_id","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/cancellation","type":0,"val":"cancellation","end":""}],
    types: placeholder as Registry['discussions.messages.cancellations.store']['types'],
  },
  'discussions.messages.attempts.store': {
    methods: ["POST"],
    pattern: '/discussions/:discussion_id/messages/:message_id/attempts',
    tokens: [{"old":"/discussions/:discussion_id/messages/:message_id/attempts","type":0,"val":"discussions","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/attempts","type":1,"val":"discussion_id","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/attempts","type":0,"val":"messages","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/attempts","type":1,"val":"message_id","end":""},{"old":"/discussions/:discussion_id/messages/:message_id/attempts","type":0,"val":"attempts","end":""}],
    types: placeholder as Registry['discussions.messages.attempts.store']['types'],
  },
  'events.show': {
    methods: ["GET"],
    pattern: '/events',
    tokens: [{"old":"/events","type":0,"val":"events","end":""}],
    types: placeholder as Registry['events.show']['types'],
  },
  'dev.mailbox.index': {
    methods: ["GET","HEAD"],
    pattern: '/dev/mailbox',
    tokens: [{"old":"/dev/mailbox","type":0,"val":"dev","end":""},{"old":"/dev/mailbox","type":0,"val":"mailbox","end":""}],
    types: placeholder as Registry['dev.mailbox.index']['types'],
  },
  'dev.mailbox.show': {
    methods: ["GET","HEAD"],
    pattern: '/dev/mailbox/:id',
    tokens: [{"old":"/dev/mailbox/:id","type":0,"val":"dev","end":""},{"old":"/dev/mailbox/:id","type":0,"val":"mailbox","end":""},{"old":"/dev/mailbox/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['dev.mailbox.show']['types'],
  },
} as const satisfies Record<string, AdonisEndpoint>

export { routes }

export const registry = {
  routes,
  $tree: {} as ApiDefinition,
}

declare module '@tuyau/core/types' {
  export interface UserRegistry {
    routes: typeof routes
    $tree: ApiDefinition
  }
}
