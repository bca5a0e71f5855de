import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { expect, setStage } from '#tests/support/browser'

test.group('The theme', () => {
  test('that somebody chose is in the page before any script runs', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open('member')
    await page.goto('/discussions')
    const light = await ground(page)

    await page.getByRole('button', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    const dark = await ground(page)
    context.assert.notEqual(dark, light)

    const answer = await page.reload()
    context.assert.match((await answer?.text()) ?? '', /<html[^>]* data-theme="dark"/)
    await expect(page.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true')
    context.assert.equal(await ground(page), dark)

    const next = await page.context().newPage()
    await next.goto('/discussions/new')
    context.assert.equal(await ground(next), dark)
  })

  test('follows the system until somebody chooses', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open(null)
    await page.goto('/sign-in')

    await page.emulateMedia({ colorScheme: 'light' })
    const light = await ground(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await ground(page)
    context.assert.notEqual(light, dark)

    await page.getByRole('button', { name: 'Light' }).click()
    context.assert.equal(await ground(page), light)
  })
})

function ground(page: Page) {
  return page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
}
