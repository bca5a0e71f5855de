import { Exception } from '@adonisjs/core/exceptions'

export default class WorkspaceSuspendedException extends Exception {
  static status = 403
  static code = 'E_WORKSPACE_SUSPENDED'
  static message =
    'This workspace is suspended. Nothing in it is lost; its owner can ask the operator of this server.'
}
