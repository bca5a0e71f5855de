export type LlmErrorCode =
  | 'auth'
  | 'rate_limited'
  | 'overloaded'
  | 'context_too_long'
  | 'refused'
  | 'network'
  | 'timeout'
  | 'cancelled'
  | 'model_not_found'
  | 'invalid_request'
  | 'bad_response'

interface LlmErrorOptions {
  /** The provider's label, as people know it. */
  provider: string
  /** Takes the place of the usual way out. */
  remedy?: string
  /** What the vendor asked us to wait, in ms. */
  retryAfterMs?: number | null
  /** HTTP status and request id of the vendor's answer, for the log. */
  vendorStatus?: number | null
  vendorRequestId?: string | null
}

interface Wording {
  happened: (provider: string) => string
  remedy: string
  retryable: boolean
}

const wording: Record<LlmErrorCode, Wording> = {
  auth: {
    happened: (provider) => `${provider} needs a valid key.`,
    remedy: 'Ask the operator to check it, or choose a model of another provider.',
    retryable: false,
  },
  rate_limited: {
    happened: (provider) => `${provider} takes no more requests from us for the moment.`,
    remedy: 'Try again a little later, or choose another model.',
    retryable: true,
  },
  overloaded: {
    happened: (provider) => `${provider} is overloaded or has a fault of its own.`,
    remedy: 'Try again in a minute, or choose another model.',
    retryable: true,
  },
  context_too_long: {
    happened: (provider) => `The discussion is too long for this model of ${provider}.`,
    remedy: 'Start a new discussion, shorten the message, or choose a model with a larger context.',
    retryable: false,
  },
  refused: {
    happened: (provider) => `The model of ${provider} declined to answer this.`,
    remedy: 'Put the question another way, or choose another model.',
    retryable: false,
  },
  network: {
    happened: (provider) => `The connection to ${provider} failed or broke off.`,
    remedy: 'Try again; if it stays, ask the operator to check the network and the base URL.',
    retryable: true,
  },
  timeout: {
    happened: (provider) => `${provider} stayed silent for too long.`,
    remedy: 'Try again, or choose another model.',
    retryable: true,
  },
  cancelled: {
    happened: (provider) => `The answer of ${provider} was stopped.`,
    remedy: 'Retry when you want it after all.',
    retryable: false,
  },
  model_not_found: {
    happened: (provider) => `${provider} does not know this model.`,
    remedy: 'Choose another model.',
    retryable: false,
  },
  invalid_request: {
    happened: (provider) => `${provider} could not make sense of the request.`,
    remedy: 'Change the message or choose another model; if it stays, tell the operator.',
    retryable: false,
  },
  bad_response: {
    happened: (provider) => `${provider} answered something we cannot read.`,
    remedy: 'Try again; if it stays, ask the operator to check the base URL.',
    retryable: true,
  },
}

/**
 * A failed model call in our words. The vendor's own text, headers and key never enter it, so that it
 * may be shown, stored and logged as it is.
 */
export class LlmError extends Error {
  readonly name = 'LlmError'
  readonly provider: string
  readonly retryAfterMs: number | null
  readonly vendorStatus: number | null
  readonly vendorRequestId: string | null

  constructor(
    readonly code: LlmErrorCode,
    options: LlmErrorOptions
  ) {
    const { happened, remedy } = wording[code]
    super(`${happened(options.provider)} ${options.remedy ?? remedy}`)
    this.provider = options.provider
    this.retryAfterMs = options.retryAfterMs ?? null
    this.vendorStatus = options.vendorStatus ?? null
    this.vendorRequestId = options.vendorRequestId ?? null
  }

  /** Whether the same request may succeed when it is sent again unchanged. */
  get retryable(): boolean {
    return wording[this.code].retryable
  }

  /** The HTTP status when the error reaches a page: a wrong choice is 422, an outside failure 503. */
  get status(): number {
    return this.code === 'model_not_found' || this.code === 'invalid_request' ? 422 : 503
  }
}
