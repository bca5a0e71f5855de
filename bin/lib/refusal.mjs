/** Something the operator can put right: one sentence that names the way out, exit code 1. */
export class Refusal extends Error {
  constructor(sentence, { cause, details } = {}) {
    super(sentence, { cause })
    this.details = details
  }
}

/** Turns the errors every file operation can meet into a sentence; anything else passes as it is. */
export function refusalFor(error, path) {
  const at = path ?? error.path ?? 'the disk'
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new Refusal(`No space is left for ${at}: free some disk space and start again.`, {
      cause: error,
    })
  }
  if (error.code === 'EROFS') {
    return new Refusal(
      `${at} is on a read-only file system: clone nyxCore to a writable folder, or set NYX_DATA_DIR to one.`,
      { cause: error }
    )
  }
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new Refusal(
      `This user may not write to ${at}: change its owner (chown), or start as the user it belongs to.`,
      { cause: error }
    )
  }
  return error
}
