import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { messageScript } from '#tests/fakes/anthropic'
import { fillDiscussion } from '#tests/support/long_discussion'
import { expect, PHONE, setStage } from '#tests/support/browser'
import { answerOn, ask, fillList, untilLive } from '#tests/support/discussion_page'

const HEBREW = 'שלום עולם, מה שלום הירח והגאות היום'.repeat(8)

test.group('Much of everything', () => {
  test('two hundred discussions are all to be reached, and none widens the page', async (context) => {
    const stage = await setStage(context)
    await fillList(stage, 'member', [
      'x'.repeat(80),
      HEBREW.slice(0, 80),
      ...Array.from({ length: 198 }, (_, index) => `Discussion ${index + 1}`),
    ])
    const page = await stage.open('member', { viewport: PHONE })
    const rows = page.getByRole('list', { name: 'Discussions' }).getByRole('listitem')

    await page.goto('/discussions')
    for (const count of [50, 100, 150]) {
      await expect(rows).toHaveCount(count)
      await page.getByRole('button', { name: 'Show older discussions' }).click()
    }
    await expect(rows).toHaveCount(200)
    await expect(page.getByRole('button', { name: 'Show older discussions' })).toHaveCount(0)
    const names = await rows.locator('.font-medium').allInnerTexts()
    context.assert.lengthOf(new Set(names), 200)
    context.assert.deepEqual(await sideways(page), [])
  })

  test('what was said before comes on request, and what is read stays in place', async (context) => {
    const stage = await setStage(context)
    const path = await ask(stage, 'member', 'And now?')
    await fillDiscussion(stage.workspace, path.split('/')[2], 98, (n) => `Said as number ${n}`)
    const page = await stage.open('member')
    const articles = page.getByRole('region', { name: 'Messages' }).getByRole('article')
    await page.goto(path)
    await expect(articles).toHaveCount(50)
    await untilLive(page)

    const reading = page.getByText('Said as number 50', { exact: true })
    await reading.scrollIntoViewIfNeeded()
    const before = await reading.boundingBox()
    await page.getByRole('button', { name: 'Show earlier messages' }).click()
    await expect(articles).toHaveCount(100)

    context.assert.closeTo((await reading.boundingBox())?.y ?? 0, before?.y ?? -1, 60)
    await expect(page.getByRole('button', { name: 'Show earlier messages' })).toHaveCount(0)
  })

  test('endless words and text from right to left stay inside a phone', async (context) => {
    const stage = await setStage(context)
    const endless = 'w'.repeat(10_000)
    const answer = [
      `${endless}\n\n${HEBREW}\n\n\`${endless}\`\n\n- ${endless}\n\n> ${endless}\n\n`,
      `[${endless}](https://example.com/${endless})\n\n\`\`\`js\n${endless}\n\`\`\`\n\n`,
      `| ${endless} | b |\n| --- | --- |\n| c | ${endless} |\n`,
    ]
    stage.fake.enqueue(messageScript({ text: answer }))
    const page = await stage.open('member', { viewport: PHONE })
    await page.goto(await ask(stage, 'member', `${endless} ${HEBREW}`))

    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    context.assert.deepEqual(await sideways(page), [])

    await page.getByRole('textbox', { name: 'Message' }).fill(endless)
    context.assert.deepEqual(await sideways(page), [])
    await page.setViewportSize({ width: 320, height: 640 })
    context.assert.deepEqual(await sideways(page), [])
  })

  test('a list grows under the eyes of those who look at it', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('viewer')
    await page.goto('/discussions')
    await expect(page.getByText('No discussions yet')).toBeVisible()

    await ask(stage, 'member', 'How do tides work?')
    const row = page.getByRole('link', { name: 'How do tides work?' })
    await expect(row).toContainText('Running')

    answer.text('The moon pulls.')
    answer.finish()
    await expect(row).toContainText('The moon pulls.')
    await expect(row).not.toContainText('Running')
  })
})

/** What is wider than its place, but for the boxes that are meant to scroll sideways. */
function sideways(page: Page) {
  return page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('body *')]
    const meantTo = 'pre, .table-scroll'
    const seen = boxes.filter((box) => !box.closest(`${meantTo}, svg, .sr-only, [aria-hidden]`))
    const scrolls = seen.filter((box) => {
      const { overflowX } = getComputedStyle(box)
      return box.scrollWidth > box.clientWidth + 1 && ['auto', 'scroll'].includes(overflowX)
    })
    const outside = seen.filter((box) => {
      const { right, width } = box.getBoundingClientRect()
      return width > 0 && right > innerWidth + 1 && !box.closest('.truncate')
    })
    const tooWide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : []
    const named = [...new Set([...scrolls, ...outside])].map((box) => box.outerHTML.slice(0, 120))
    return [...tooWide, ...named]
  })
}
