import { test } from '@japa/runner'
import { hashSecret, newSecret } from '#services/identity/index'

test.group('Secrets', () => {
  test('have 256 bits and never come twice', ({ assert }) => {
    const secrets = Array.from({ length: 1000 }, newSecret)
    assert.equal(new Set(secrets).size, 1000)
    for (const secret of secrets) assert.lengthOf(Buffer.from(secret, 'base64url'), 32)
  })

  test('are kept as SHA-256, which is the same every time', ({ assert }) => {
    assert.equal(hashSecret('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
    assert.notEqual(hashSecret('abc'), hashSecret('abd'))
  })
})
