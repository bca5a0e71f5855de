type Failure = { status: number; message: string; code?: string }

const NOT_FOUND = {
  title: 'There is nothing here',
  detail: 'The address may be mistyped, or what it names is gone or not yours to see.',
}

/** What an error page says: what is wrong, whether anything is lost, what to do. 404 and "not yours" look alike. */
export function describeFailure({ status, message, code }: Failure) {
  if (status === 404) return { status, ...NOT_FOUND }
  if (code === 'E_WORKSPACE_SUSPENDED')
    return { status, title: 'This workspace is suspended', detail: message }
  if (status === 403)
    return {
      status,
      title: 'You may not do this here',
      detail: 'Your role does not allow it. Nothing was changed. An admin of the workspace can.',
    }
  if (status === 413)
    return { status, title: 'That is too large', detail: 'At most 1 MB fits. Nothing was changed.' }
  if (status === 429)
    return { status, title: 'Too many tries', detail: `${message} Nothing was changed.` }
  if (status < 500)
    return { status, title: 'That could not be read', detail: `${message} Nothing was changed.` }
  if (code === 'E_BUSY')
    return {
      status,
      title: 'The server is busy',
      detail: 'Nothing was changed, and nothing that was saved is lost. Try again in a moment.',
    }
  return {
    status,
    title: 'Something broke on our side',
    detail:
      'Nothing that was saved is lost. Try again; if it stays, tell your admin the request number.',
  }
}
