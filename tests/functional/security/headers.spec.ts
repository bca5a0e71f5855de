import { test } from '@japa/runner'
import { Visitor } from '#tests/support/visitor'
import { makeWorkspace } from '#tests/support/workspace'

const POLICY = {
  'default-src': `'self'`,
  'style-src': `'self'`,
  'style-src-attr': `'unsafe-inline'`,
  'font-src': `'self'`,
  'img-src': `'self' blob:`,
  'connect-src': `'self'`,
  'object-src': `'none'`,
  'base-uri': `'none'`,
  'frame-ancestors': `'none'`,
  'form-action': `'self'`,
}

test.group('Headers of a page', () => {
  for (const path of ['/sign-in', '/discussions', '/discussions/new', '/discussions/nothing']) {
    test(`let nothing but our own run on ${path}`, async ({ assert }) => {
      const { people, host } = await makeWorkspace()
      const visitor =
        path === '/sign-in' ? new Visitor(host) : await Visitor.signedIn(people.member, host)

      const { headers, body } = await visitor.get(path)

      const { 'script-src': scripts, ...rest } = policyOf(headers['content-security-policy'])
      const nonce = /^'self' 'nonce-([\w-]{16,})'$/.exec(scripts)?.[1]
      assert.deepEqual(rest, POLICY)
      assert.isDefined(nonce, scripts)
      for (const [tag] of body.matchAll(/<script\b[^>]*>/g))
        assert.match(tag, new RegExp(` src="/assets/| nonce="${nonce}"|type="application/json"`))
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['x-frame-options'], 'DENY')
    })
  }

  test('let nothing but our own run where no route answers', async ({ assert }) => {
    const visitor = new Visitor()
    for (const path of ['/nothing', '/icon.svg', '/health', '/assets/server/app.js']) {
      const { headers } = await visitor.get(path)

      assert.deepEqual(
        policyOf(headers['content-security-policy']),
        { ...POLICY, 'script-src': `'self'` },
        path
      )
      assert.equal(headers['x-content-type-options'], 'nosniff', path)
    }
  })

  test('carry another nonce each time', async ({ assert }) => {
    const { host } = await makeWorkspace()
    const visitor = new Visitor(host)

    const [first, second] = [await visitor.get('/sign-in'), await visitor.get('/sign-in')]

    assert.notEqual(
      policyOf(first.headers['content-security-policy'])['script-src'],
      policyOf(second.headers['content-security-policy'])['script-src']
    )
  })
})

test.group('Files', () => {
  test('of the server are nobody’s, however their path is written', async ({ assert }) => {
    const visitor = new Visitor()
    for (const path of [
      '/assets/server/app.js',
      '/assets//server/app.js',
      '/assets/./server/app.js',
      '/assets/x/../server/app.js',
      '/x/../assets/server/app.js',
      '/assets/x/%2e%2e/server/app.js',
      '/assets/x%2f..%2fserver/app.js',
      '/assets/%73erver/app.js',
      '/assets/.vite/manifest.json',
      '/assets/x/%2e%2e/.vite/manifest.json',
    ])
      assert.equal((await visitor.get(path)).status, 404, path)
  })
})

function policyOf(header: string | string[] | undefined): Record<string, string> {
  const directives = String(header)
    .split(';')
    .map((directive) => directive.trim().split(/\s+/))
  return Object.fromEntries(directives.map(([name, ...values]) => [name, values.join(' ')]))
}
