import { test } from '@japa/runner'
import { expect, setStage } from '#tests/support/browser'
import { answerOn, ask, numbered, untilLive, wordsOn } from '#tests/support/discussion_page'

test.group('A viewer', () => {
  test('reads along live, and is told why there is nothing to write in', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('viewer')
    await page.goto(await ask(stage, 'member', 'Count.'))

    answer.text(numbered(1, 20))
    await expect(wordsOn(page)).toHaveText(numbered(1, 20).trim())
    await untilLive(page)
    answer.text(numbered(21, 40))
    await expect(wordsOn(page)).toHaveText(numbered(1, 40).trim())

    await expect(page.getByText('You read along as a viewer.')).toBeVisible()
    await expect(page.getByRole('textbox')).toHaveCount(0)
    await expect(answerOn(page).getByRole('button', { name: 'Stop' })).toHaveCount(0)

    answer.cut()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'interrupted')
    await expect(answerOn(page).getByRole('button', { name: 'Retry' })).toHaveCount(0)
  })

  test('finds no button that starts a discussion', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open('viewer')

    await page.goto('/discussions')

    await expect(page.getByText('As a viewer you read what others start.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'New discussion' })).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'Start a discussion' })).toHaveCount(0)
  })
})
