import { test } from '@japa/runner'
import { render } from '#services/discussions/render'

test.group('The HTML of a message', () => {
  test('is Markdown rendered', ({ assert }) => {
    assert.include(render('**yes**'), '<strong>yes</strong>')
  })

  test('that would swell beyond measure is the text as it was written', ({ assert }) => {
    const wide = `|${'a|'.repeat(1600)}\n|${'-|'.repeat(1600)}\n${'|<b>\n'.repeat(2000)}`

    const html = render(wide)

    assert.isBelow(html.length, wide.length * 6)
    assert.match(html, /^<pre><code>\|a\|/)
    assert.notInclude(html, '<b>')
  })
})
