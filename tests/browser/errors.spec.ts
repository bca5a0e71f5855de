import { test } from '@japa/runner'
import { expect, setStage } from '#tests/support/browser'
import { ask } from '#tests/support/discussion_page'

const UNKNOWN = '/discussions/019a0000-0000-7000-8000-000000000000'

test.group('Error pages', () => {
  test('an address of nothing says so and leads back', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/404/)
    const page = await stage.open('member')

    await page.goto('/nowhere')
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    await page.getByRole('link', { name: 'Go to discussions' }).click()
    await expect(page).toHaveURL(/\/discussions$/)
  })

  test('somebody else’s discussion looks like none at all', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/404/)
    const other = await setStage(context)
    const foreign = await ask(other, 'member', 'A secret')
    const page = await stage.open('member')

    await page.goto(UNKNOWN)
    const unknown = await page.getByRole('article').innerText()
    await page.goto(foreign)
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()

    const withoutRequest = (text: string) => text.replace(/^404[^\n]*\n·?\n?[^\n]*\n/, '')
    const refused = await page.getByRole('article').innerText()
    context.assert.equal(withoutRequest(refused), withoutRequest(unknown))
    await expect(page.getByText('A secret')).toHaveCount(0)
  })
})
