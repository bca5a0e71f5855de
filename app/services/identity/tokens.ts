import { createHash, randomBytes } from 'node:crypto'

/** 256 bits, base64url: for links, browser marks and the like. Only its hash is ever stored. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256, base64url. Enough for secrets of full entropy, which need no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
