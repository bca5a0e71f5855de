import { Exception } from '@adonisjs/core/exceptions'

export default class AnswerNotRetryableException extends Exception {
  static status = 422
  static code = 'E_ANSWER_NOT_RETRYABLE'
  static message = 'This answer is complete. Ask a new question to go on.'
}
