import fc from 'fast-check'
import { test } from '@japa/runner'
import { renderMarkdown, renderStreaming, splitBlocks } from '#inertia/lib/markdown'

const ALLOWED_TAGS = new Set(
  (
    'a blockquote br button code div em figcaption figure h3 h4 h5 h6 hr li ol p pre s span strong ' +
    'table tbody td th thead tr ul'
  ).split(' ')
)

/** Every tag of the output with its attributes: what a browser would make of it. */
function tagsOf(html: string) {
  return [...html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/gi)].map(
    ([, name, attributes]) => ({ name: name.toLowerCase(), attributes })
  )
}

const fragments = fc.constantFrom(
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](data:text/html,x)',
  '![a](https://host.example/a.png)',
  '![a](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[a]: https://host.example "t"',
  '[a]',
  '```ts\nconst a = 1\n',
  '```',
  '~~~\n',
  '- one\n- two\n',
  '  1. nested\n',
  '| a | b |\n|---|---|\n| 1 | 2 |\n',
  '> quote\n',
  '# Title\n',
  'Setext\n===\n',
  '    indented\n',
  '**bold',
  '`code',
  '"\'&<>',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '\t',
  '\u0000',
  'word '
)
const texts = fc.array(fc.oneof(fragments, fc.string({ maxLength: 8 })), { maxLength: 24 })

test.group('Markdown | what an answer may not do', () => {
  test('turns {title} into text or a harmless link')
    .with([
      { title: 'a script element', source: '<script>alert(1)</script>' },
      { title: 'an image with a handler', source: '<img src=x onerror=alert(1)>' },
      { title: 'an svg with a handler', source: '<svg onload=alert(1)></svg>' },
      { title: 'a javascript link', source: '[a](javascript:alert(1))' },
      { title: 'a javascript link in capitals', source: '[a](JaVaScRiPt:alert(1))' },
      { title: 'a javascript link in entities', source: '[a](&#106;avascript&colon;alert(1))' },
      { title: 'a javascript link with a tab', source: '[a](java&Tab;script:alert(1))' },
      { title: 'a javascript autolink', source: '<javascript:alert(1)>' },
      { title: 'a reference to javascript', source: '[a][b]\n\n[b]: javascript:alert(1)' },
      { title: 'a data link', source: '[a](data:text/html;base64,PHNjcmlwdD4=)' },
      { title: 'a data image', source: '![a](data:image/svg+xml;base64,PHN2Zz4=)' },
      { title: 'a vbscript link', source: '[a](vbscript:msgbox(1))' },
      { title: 'a file link', source: '[a](file:///etc/passwd)' },
      { title: 'a plain http link', source: '[a](http://host.example) http://host.example' },
      { title: 'a link to this site', source: '[a](/sign-out)' },
      { title: 'a link without a scheme', source: '[a](//host.example)' },
      { title: 'a fence whose language breaks out', source: '```"><script>\nx\n```' },
      { title: 'a title that breaks out', source: `[a](mailto:a@b.example '" onclick="x')` },
    ])
    .run(({ assert }, { source }) => {
      for (const html of [renderMarkdown(source), renderStreaming(source)]) {
        for (const { name, attributes } of tagsOf(html)) {
          assert.isTrue(ALLOWED_TAGS.has(name), `<${name}> in ${html}`)
          assert.notMatch(attributes.replace(/="[^"]*"/g, ''), /\son\w+/i)
        }
        for (const [, address] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
          assert.match(address, /^(https:\/\/|mailto:)/)
        }
      }
    })

  test('links open elsewhere and tell the other site nothing', ({ assert }) => {
    const html = renderMarkdown('[a](https://host.example/?a=1&b=2) and https://other.example')

    assert.lengthOf(html.match(/rel="noopener noreferrer nofollow"/g) ?? [], 2)
    assert.lengthOf(html.match(/target="_blank"/g) ?? [], 2)
  })

  test('images are not loaded: an https one becomes a link with its description', ({ assert }) => {
    const html = renderMarkdown('![a "chart"](https://host.example/a.png)')

    assert.notInclude(html, '<img')
    assert.include(html, 'href="https://host.example/a.png"')
    assert.include(html, '>a &quot;chart&quot;</a>')
  })

  test('code keeps its text and names its language', ({ assert }) => {
    const html = renderMarkdown('```html\n<b onclick="x">&</b>\n```')

    assert.include(html, '<span>html</span>')
    assert.include(html, '&lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt;')
    assert.include(html, 'data-copy-code')
  })

  test('headings stand below the one that names who answers, without a gap', ({ assert }) => {
    const html = renderMarkdown('### A\n\n# B\n\n### C\n\n###### D')

    assert.deepEqual(html.match(/<h\d/g), ['<h3', '<h3', '<h4', '<h5'])
  })

  test('no text makes a tag or an address of its own', ({ assert }) => {
    const { failed, counterexample } = fc.check(
      fc.property(texts, (parts) => {
        const text = parts.join('')
        for (const html of [renderMarkdown(text), renderStreaming(text)]) {
          for (const { name, attributes } of tagsOf(html)) {
            if (!ALLOWED_TAGS.has(name)) return false
            if (/\son\w+/i.test(attributes.replace(/="[^"]*"/g, ''))) return false
          }
          for (const [, address] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
            if (!/^(https:\/\/|mailto:)/i.test(address)) return false
          }
        }
        return true
      }),
      { numRuns: 500 }
    )
    assert.isFalse(failed, JSON.stringify(counterexample))
  })
})

test.group('Markdown | blocks of a growing answer', () => {
  test('blocks joined are the text again', ({ assert }) => {
    fc.assert(
      fc.property(texts, (parts) => splitBlocks(parts.join('')).join('') === parts.join('')),
      { numRuns: 1000 }
    )
    assert.deepEqual(splitBlocks(''), [])
  })

  test('a fence, a list and a table each stay in one block', ({ assert }) => {
    const fence = '```ts\nconst a = 1\n\nconst b = 2\n```\n\n'
    const list = '- one\n\n- two\n  - three\n\n'
    const table = '| a |\n|---|\n| 1 |\n\n'

    assert.deepEqual(splitBlocks(`Intro\n\n${fence}${list}${table}End`), [
      'Intro\n\n',
      fence,
      list,
      table,
      'End',
    ])
  })

  test('blocks rendered one by one look like the whole', ({ assert }) => {
    const text = '# A\n\nOne *two*\n\n- a\n- b\n\n```\nx\n\ny\n```\n\n> q\n\n| a |\n|---|\n| 1 |\n'

    assert.equal(splitBlocks(text).map(renderMarkdown).join(''), renderMarkdown(text))
  })

  test('half-open markup is closed while it streams', ({ assert }) => {
    assert.include(renderStreaming('one **two'), '<strong>two</strong>')
    assert.include(renderStreaming('one `two'), '<code>two</code>')
    assert.include(renderStreaming('```ts\nconst a'), '<pre tabindex="0"><code>const a')
    assert.notInclude(renderStreaming('see [the page](https://host.exa'), 'href')
  })
})
