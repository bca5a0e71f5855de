import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { errorScript } from '#tests/fakes/anthropic'
import { expect, setStage } from '#tests/support/browser'
import { answerOn, ask, wordsOn } from '#tests/support/discussion_page'

test.group('An answer', () => {
  test('grows on the screen as the model writes it, and keeps its figures', async (context) => {
    const stage = await setStage(context)
    const { personas } = stage.workspace
    const answer = stage.fake.live()
    const page = await stage.open('member')

    await page.goto('/discussions')
    await page.getByRole('main').getByRole('link', { name: 'New discussion' }).click()
    await page.getByRole('textbox', { name: 'Your question' }).fill('How do tides work?')
    await page.getByRole('radio', { name: personas[1].name }).click()
    await page.getByRole('button', { name: 'Start' }).click()

    const call = await stage.fake.call(0)
    context.assert.equal(call.body.system, personas[1].systemPrompt)
    await expect(page.getByRole('heading', { name: 'How do tides work?' })).toBeVisible()
    await expect(page.getByRole('heading', { name: personas[1].name })).toBeVisible()

    answer.text('The moon pulls ', 'the **sea')
    await expect(wordsOn(page)).toHaveText('The moon pulls the sea')
    await expect(wordsOn(page).locator('strong')).toHaveText('sea')
    await expect(answerOn(page)).toHaveAttribute('data-status', 'streaming')
    await expect(answerOn(page).getByRole('button', { name: 'Stop' })).toBeVisible()
    context.assert.equal(await caretWidth(page), '7px')

    answer.text('**.\n\n```js\nconst tide = moon')
    await expect(wordsOn(page).locator('pre code')).toHaveText('const tide = moon')
    answer.text('()\n```\n\n| Tide | Hours |\n| --- | --- |\n| high | 12')
    await expect(wordsOn(page).getByRole('cell', { name: '12' })).toBeVisible()

    answer.text(' |\n')
    answer.finish({ usage: { output_tokens: 1234 } })
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(answerOn(page).locator('footer')).toHaveText(/^[\d.]+ s\s*1,234 tokens/)
    await expect(answerOn(page).getByRole('button', { name: 'Stop' })).toHaveCount(0)
    await expect(page.locator('.prose-streaming')).toHaveCount(0)
    await expect(wordsOn(page).getByRole('cell', { name: '12' })).toBeVisible()

    await page.getByRole('link', { name: 'Discussions' }).first().click()
    await expect(page.getByRole('link', { name: 'How do tides work?' })).toContainText('2 messages')
  })

  test('shows what a model thinks apart from what it says', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Why?'))

    answer.thinking('First the moon, ', 'then the sun.')
    await expect(answerOn(page).getByText('Thinking')).toBeVisible()
    answer.text('Both pull.')
    answer.finish()

    await expect(wordsOn(page)).toHaveText('Both pull.')
    await answerOn(page)
      .getByText(/^Thought/)
      .click()
    await expect(answerOn(page).getByText('First the moon, then the sun.')).toBeVisible()
  })

  test('that is stopped keeps its words and can be asked for again', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Tell me a long story.'))
    const call = await stage.fake.call(0)
    answer.text('Once upon a time')
    await expect(wordsOn(page)).toHaveText('Once upon a time')

    await answerOn(page).getByRole('button', { name: 'Stop' }).click()

    await call.aborted
    await expect(answerOn(page)).toHaveAttribute('data-status', 'stopped')
    await expect(wordsOn(page)).toHaveText('Once upon a time')
    await expect(answerOn(page).getByText(/^Stopped/)).toBeVisible()

    const second = stage.fake.live()
    await answerOn(page).getByRole('button', { name: 'Retry' }).click()
    second.text('There was a harbour.')
    await expect(wordsOn(page)).toHaveText('There was a harbour.')
    second.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(answerOn(page).getByText('attempt 2')).toBeVisible()
  })

  test('that fails says so in our words, with the way out', async (context) => {
    const stage = await setStage(context)
    stage.fake.defaultScript = () => errorScript(529, { message: 'vendor-only words' })
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Are you there?'))

    await expect(answerOn(page)).toHaveAttribute('data-status', 'failed')
    await expect(answerOn(page)).toContainText('Anthropic is overloaded or has a fault of its own.')
    await expect(page.getByText('vendor-only words')).toHaveCount(0)

    const answer = stage.fake.live()
    await answerOn(page).getByRole('button', { name: 'Retry' }).click()
    answer.text('Here I am.')
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(wordsOn(page)).toHaveText('Here I am.')
  })

  test('that breaks off keeps its words and offers Retry', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'How far is the moon?'))
    answer.text('It is three hundred')
    await expect(wordsOn(page)).toHaveText('It is three hundred')

    answer.cut()

    await expect(answerOn(page)).toHaveAttribute('data-status', 'interrupted')
    await expect(wordsOn(page)).toHaveText('It is three hundred')
    await expect(answerOn(page)).toContainText('The connection to Anthropic failed or broke off.')
    await expect(answerOn(page).getByRole('button', { name: 'Retry' })).toBeVisible()
  })

  test('is safe to look at, whatever the model writes', async (context) => {
    const stage = await setStage(context)
    const hostile =
      '<img src=x onerror=alert(1)><script>alert(2)</script>' +
      ' [go](javascript:alert(3)) ![spy](https://spy.example/p.png)'
    const answer = stage.fake.live()
    const page = await stage.open('member')
    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs++
      return dialog.dismiss()
    })
    await page.goto(await ask(stage, 'member', 'Be nasty.'))

    answer.text(hostile)
    await expect(wordsOn(page)).toContainText('alert(3)')
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')

    await expect(wordsOn(page).locator('img, script, [href^="javascript"]')).toHaveCount(0)
    await expect(wordsOn(page).getByRole('link', { name: 'spy' })).toBeVisible()
    context.assert.equal(dialogs, 0)
  })
})

/** How wide the mark after the last word is drawn. */
function caretWidth(page: Page) {
  return page
    .locator('.prose-streaming > :last-child > :last-child')
    .evaluate((element) => getComputedStyle(element, '::after').width)
}
