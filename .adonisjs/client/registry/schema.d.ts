/* eslint-disable prettier/prettier */
/// <reference path="../manifest.d.ts" />

import type { ExtractBody, ExtractErrorResponse, ExtractQuery, ExtractQueryForGet, ExtractResponse } from '@tuyau/core/types'
import type { InferInput, SimpleError } from '@vinejs/vine/types'

export type ParamValue = string | number | bigint | boolean

export interface Registry {
  'health.show': {
    methods: ["GET","HEAD"]
    pattern: '/health'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/health_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/health_controller').default['show']>>>
    }
  }
  'sign_in.create': {
    methods: ["GET","HEAD"]
    pattern: '/sign-in'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/sign_in/sign_in_controller').default['create']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/sign_in/sign_in_controller').default['create']>>>
    }
  }
  'sign_in.store': {
    methods: ["POST"]
    pattern: '/sign-in'
    types: {
      body: ExtractBody<InferInput<(typeof import('#validators/sign_in').signInValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#validators/sign_in').signInValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/sign_in/sign_in_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/sign_in/sign_in_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'sign_in.sent': {
    methods: ["GET","HEAD"]
    pattern: '/sign-in/sent'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/sign_in/sign_in_controller').default['sent']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/sign_in/sign_in_controller').default['sent']>>>
    }
  }
  'sign_in_links.show': {
    methods: ["GET","HEAD"]
    pattern: '/sign-in/links/:token'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { token: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/sign_in/links_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/sign_in/links_controller').default['show']>>>
    }
  }
  'sign_in_links.update': {
    methods: ["POST"]
    pattern: '/sign-in/links/:token'
    types: {
      body: ExtractBody<InferInput<(typeof import('#validators/sign_in').linkUseValidator)>>
      paramsTuple: [ParamValue]
      params: { token: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#validators/sign_in').linkUseValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/sign_in/links_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/sign_in/links_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'session.destroy': {
    methods: ["POST"]
    pattern: '/sign-out'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/sign_in/sessions_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/sign_in/sessions_controller').default['destroy']>>>
    }
  }
  'workspaces.none': {
    methods: ["GET","HEAD"]
    pattern: '/no-workspace'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/sign_in/workspaces_controller').default['none']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/sign_in/workspaces_controller').default['none']>>>
    }
  }
  'home': {
    methods: ["GET","HEAD"]
    pattern: '/'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: unknown
      errorResponse: unknown
    }
  }
  'discussions.index': {
    methods: ["GET","HEAD"]
    pattern: '/discussions'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#validators/discussion').discussionListValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'discussions.create': {
    methods: ["GET","HEAD"]
    pattern: '/discussions/new'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['create']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['create']>>>
    }
  }
  'discussions.store': {
    methods: ["POST"]
    pattern: '/discussions'
    types: {
      body: ExtractBody<InferInput<(typeof import('#validators/discussion').startDiscussionValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#validators/discussion').startDiscussionValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'discussions.show': {
    methods: ["GET","HEAD"]
    pattern: '/discussions/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQueryForGet<InferInput<(typeof import('#validators/discussion').messageListValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/discussions/discussions_controller').default['show']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'discussions.messages.store': {
    methods: ["POST"]
    pattern: '/discussions/:discussion_id/messages'
    types: {
      body: ExtractBody<InferInput<(typeof import('#validators/discussion').askValidator)>>
      paramsTuple: [ParamValue]
      params: { discussion_id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#validators/discussion').askValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/discussions/messages_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/discussions/messages_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'discussions.messages.cancellations.store': {
    methods: ["POST"]
    pattern: '/discussions/:discussion_id/messages/:message_id/cancellation'
    types: {
      body: {}
      paramsTuple: [ParamValue, ParamValue]
      params: { discussion_id: ParamValue; message_id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/discussions/cancellations_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/discussions/cancellations_controller').default['store']>>>
    }
  }
  'discussions.messages.attempts.store': {
    methods: ["POST"]
    pattern: '/discussions/:discussion_id/messages/:message_id/attempts'
    types: {
      body: {}
      paramsTuple: [ParamValue, ParamValue]
      params: { discussion_id: ParamValue; message_id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/discussions/attempts_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/discussions/attempts_controller').default['store']>>>
    }
  }
  'events.show': {
    methods: ["GET"]
    pattern: '/events'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/events_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/events_controller').default['show']>>>
    }
  }
  'dev.mailbox.index': {
    methods: ["GET","HEAD"]
    pattern: '/dev/mailbox'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/dev/mailbox_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/dev/mailbox_controller').default['index']>>>
    }
  }
  'dev.mailbox.show': {
    methods: ["GET","HEAD"]
    pattern: '/dev/mailbox/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#controllers/dev/mailbox_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#controllers/dev/mailbox_controller').default['show']>>>
    }
  }
}
