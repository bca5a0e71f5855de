import { test } from '@japa/runner'
import { expect, setStage } from '#tests/support/browser'
import { answerOn, ask, untilLive } from '#tests/support/discussion_page'

test.group('A draft', () => {
  test('survives a reload, and goes when it is sent', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open('member')
    const box = page.getByRole('textbox', { name: 'Message' })
    await page.goto(await ask(stage, 'member', 'First question'))
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')

    await box.fill('Half a thought\nin two lines')
    await page.reload()
    await expect(box).toHaveValue('Half a thought\nin two lines')

    await page.getByRole('button', { name: 'Send' }).click()
    await expect(page.getByText('Half a thought')).toBeVisible()
    await expect(box).toHaveValue('')
    await page.reload()
    await expect(box).toHaveValue('')
  })

  test('of a new discussion survives a look elsewhere', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open('member')
    const box = page.getByRole('textbox', { name: 'Your question' })
    await page.goto('/discussions/new')

    await box.fill('What if')
    await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link').click()
    await expect(page).toHaveURL(/\/discussions$/)
    await page.goBack()

    await expect(box).toHaveValue('What if')
  })

  test('of a new discussion goes when it is sent', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open('member')
    const box = page.getByRole('textbox', { name: 'Your question' })
    await page.goto('/discussions/new')
    await untilLive(page)

    await box.fill('What if')
    await box.press('Enter')
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await page.getByRole('link', { name: 'New discussion' }).click()

    await expect(box).toBeFocused()
    await expect(box).toHaveValue('')
    await page.reload()
    await untilLive(page)
    await expect(box).toHaveValue('')
  })

  test('is kept while somebody answers, with the reason why it waits', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    const box = page.getByRole('textbox', { name: 'Message' })
    await page.goto(await ask(stage, 'member', 'First question'))
    answer.text('Well')
    await expect(answerOn(page)).toContainText('Well')

    await box.fill('And then?')
    await box.press('Enter')
    await expect(
      page.getByText('is still answering. Stop it, or ask when it is done.')
    ).toBeVisible()
    await expect(box).toHaveValue('And then?')

    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await box.press('Enter')
    await expect(box).toHaveValue('')
    await expect(page.getByRole('article', { name: /^Question of/ })).toHaveCount(2)
  })

  test('of somebody who signs out is forgotten', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open('member')
    await page.goto('/discussions/new')
    await page.getByRole('textbox', { name: 'Your question' }).fill('A secret')

    await page.getByRole('button', { name: 'Account menu' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/sign-in$/)

    const kept = await page.evaluate(() => Object.values(localStorage))
    context.assert.notInclude(kept, 'A secret')
  })
})
