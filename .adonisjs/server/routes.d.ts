import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'health.show': { paramsTuple?: []; params?: {} }
    'sign_in.create': { paramsTuple?: []; params?: {} }
    'sign_in.store': { paramsTuple?: []; params?: {} }
    'sign_in.sent': { paramsTuple?: []; params?: {} }
    'sign_in_links.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'sign_in_links.update': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'session.destroy': { paramsTuple?: []; params?: {} }
    'workspaces.none': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'discussions.index': { paramsTuple?: []; params?: {} }
    'discussions.create': { paramsTuple?: []; params?: {} }
    'discussions.store': { paramsTuple?: []; params?: {} }
    'discussions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discussions.messages.store': { paramsTuple: [ParamValue]; params: {'discussion_id': ParamValue} }
    'discussions.messages.cancellations.store': { paramsTuple: [ParamValue,ParamValue]; params: {'discussion_id': ParamValue,'message_id': ParamValue} }
    'discussions.messages.attempts.store': { paramsTuple: [ParamValue,ParamValue]; params: {'discussion_id': ParamValue,'message_id': ParamValue} }
    'events.show': { paramsTuple?: []; params?: {} }
    'dev.mailbox.index': { paramsTuple?: []; params?: {} }
    'dev.mailbox.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  GET: {
    'health.show': { paramsTuple?: []; params?: {} }
    'sign_in.create': { paramsTuple?: []; params?: {} }
    'sign_in.sent': { paramsTuple?: []; params?: {} }
    'sign_in_links.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'workspaces.none': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'discussions.index': { paramsTuple?: []; params?: {} }
    'discussions.create': { paramsTuple?: []; params?: {} }
    'discussions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'events.show': { paramsTuple?: []; params?: {} }
    'dev.mailbox.index': { paramsTuple?: []; params?: {} }
    'dev.mailbox.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  HEAD: {
    'health.show': { paramsTuple?: []; params?: {} }
    'sign_in.create': { paramsTuple?: []; params?: {} }
    'sign_in.sent': { paramsTuple?: []; params?: {} }
    'sign_in_links.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'workspaces.none': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'discussions.index': { paramsTuple?: []; params?: {} }
    'discussions.create': { paramsTuple?: []; params?: {} }
    'discussions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'dev.mailbox.index': { paramsTuple?: []; params?: {} }
    'dev.mailbox.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  POST: {
    'sign_in.store': { paramsTuple?: []; params?: {} }
    'sign_in_links.update': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'session.destroy': { paramsTuple?: []; params?: {} }
    'discussions.store': { paramsTuple?: []; params?: {} }
    'discussions.messages.store': { paramsTuple: [ParamValue]; params: {'discussion_id': ParamValue} }
    'discussions.messages.cancellations.store': { paramsTuple: [ParamValue,ParamValue]; params: {'discussion_id': ParamValue,'message_id': ParamValue} }
    'discussions.messages.attempts.store': { paramsTuple: [ParamValue,ParamValue]; params: {'discussion_id': ParamValue,'message_id': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}