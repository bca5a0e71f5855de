import Anthropic, { type APIError } from '@anthropic-ai/sdk'
import { LlmError, type LlmErrorCode } from '#services/llm/errors'

const KEY_REMEDY =
  'Ask the operator to check ANTHROPIC_API_KEY, or choose a model of another provider.'
const CREDIT_REMEDY =
  'Its account has no credit left: ask the operator to top it up, or choose another provider.'

const UNCONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whatever the SDK, fetch or our reading of the stream threw, in our words. */
export function toLlmError(error: unknown, provider: string): LlmError {
  if (error instanceof LlmError) return error
  if (error instanceof Anthropic.APIConnectionTimeoutError) {
    return new LlmError('timeout', { provider })
  }
  if (error instanceof Anthropic.APIConnectionError) return new LlmError('network', { provider })
  if (error instanceof Anthropic.APIError) return fromAnswer(error, provider)
  return new LlmError(socketCode(error) === null ? 'bad_response' : 'network', { provider })
}

/** True when no connection came about, so that the vendor cannot have seen the request. */
export function neverConnected(error: unknown): boolean {
  return UNCONNECTED.has(socketCode(error) ?? '')
}

function fromAnswer(error: APIError, provider: string): LlmError {
  const code = codeOf(error)
  const billing = isBilling(error)
  return new LlmError(billing ? 'auth' : code, {
    provider,
    ...((billing || code === 'auth') && { remedy: billing ? CREDIT_REMEDY : KEY_REMEDY }),
    retryAfterMs: retryAfterMs(error.headers),
    vendorStatus: error.status,
    vendorRequestId: requestId(error.requestID),
  })
}

function codeOf({ status, type, apiMessage }: APIError): LlmErrorCode {
  // An error inside a stream that began with 200 has a type and no status.
  if (status === 401 || status === 403) return 'auth'
  if (type === 'authentication_error' || type === 'permission_error') return 'auth'
  if (status === 404 || type === 'not_found_error') return 'model_not_found'
  if (status === 413) return 'context_too_long'
  if (status === 429 || type === 'rate_limit_error') return 'rate_limited'
  if (status === 408 || type === 'timeout_error') return 'timeout'
  if (status === 400 || status === 422 || type === 'invalid_request_error') {
    return /prompt is too long|context (window|limit)/i.test(apiMessage ?? '')
      ? 'context_too_long'
      : 'invalid_request'
  }
  if (type === 'overloaded_error' || type === 'api_error') return 'overloaded'
  if (status !== undefined) return status >= 500 ? 'overloaded' : 'invalid_request'
  return 'bad_response'
}

function isBilling({ status, type, errorCode, apiMessage }: APIError): boolean {
  return (
    status === 402 ||
    type === 'billing_error' ||
    /spend_limit_reached|billing/.test(errorCode ?? '') ||
    /credit balance is too low/i.test(apiMessage ?? '')
  )
}

function retryAfterMs(headers: Headers | undefined): number | null {
  const ms = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (ms >= 0) return ms
  const value = headers?.get('retry-after')
  if (!value) return null
  const seconds = Number(value)
  const waitMs = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null
}

/** The header is the vendor's text: only what looks like an id passes. */
function requestId(value: string | null | undefined): string | null {
  return value && /^[\w-]{1,80}$/.test(value) ? value : null
}

/** The operating system's or undici's code, which fetch hides in a chain of causes. */
function socketCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'string' && /^(E[A-Z]|UND_)/.test(error.code)) {
    return error.code
  }
  if (error instanceof AggregateError) return socketCode(error.errors[0])
  return socketCode(error.cause)
}
