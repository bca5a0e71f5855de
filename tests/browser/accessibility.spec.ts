import { AxeBuilder } from '@axe-core/playwright'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { errorScript, messageScript } from '#tests/fakes/anthropic'
import { issueLink } from '#services/identity/index'
import { DESKTOP, expect, PHONE, setStage, type Stage } from '#tests/support/browser'
import { answerOn, ask, fillList, wordsOn } from '#tests/support/discussion_page'

const STILL = { reducedMotion: 'reduce' } as const
/** What a theme can spoil: it changes colours and nothing else, so the other rules run once for each width. */
const COLOURS = ['color-contrast', 'link-in-text-block']
const RICH = [
  'Some **bold** words, `code`, [a link](https://example.com).\n\n## A heading\n\n- one\n- two\n\n',
  '```js\nconst tide = 1\n```\n\n| Tide | Hours |\n| --- | --- |\n| high | 12 |\n\n> Quoted\n',
]

test.group('Everybody can read and use', () => {
  test('the doors', async (context) => {
    const stage = await setStage(context)
    const { people, host } = stage.workspace
    const page = await stage.open(null, STILL)
    const link = (await issueLink(people.member.email, host)) ?? ''

    await page.goto('/sign-in')
    await check(page, 'the sign-in page')
    await page.getByLabel('Work e-mail').fill('nobody@nowhere.example')
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
    await check(page, 'check your mail')
    await page.goto(link)
    await check(page, 'the link page')

    const other = await stage.open('member', STILL)
    await other.goto(link)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'no longer works' })).toBeVisible()
    await check(page, 'a used link')
  })

  test('the page of somebody without a workspace', async (context) => {
    const [stage, foreign] = [await setStage(context), await setStage(context)]
    const { people } = foreign.workspace
    const page = await stage.open(null, STILL)

    await page.goto((await issueLink(people.member.email, stage.workspace.host)) ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'You are in no workspace' })).toBeVisible()
    await check(page, 'no workspace')
  })

  test('the list and a new discussion', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open('member', STILL)

    await page.goto('/discussions')
    await check(page, 'the empty list')
    await fillList(stage, 'owner', ['How do tides work?', 'Name the harbour', 'x'.repeat(80)])
    await page.reload()
    await check(page, 'the list')
    await page.goto('/discussions/new')
    await check(page, 'a new discussion')
    await page.getByRole('button', { name: /^Model:/ }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await check(page, 'an open menu')
  })

  test('an answer while it grows, and when it is there', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member', STILL)
    await page.goto(await ask(stage, 'member', 'How do tides work?'))

    answer.thinking('First the moon.')
    answer.text(...RICH)
    await expect(wordsOn(page)).toContainText('Quoted')
    await check(page, 'a growing answer')
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await check(page, 'a finished answer')
  })

  test('answers that failed or were cut, and what a viewer sees', async (context) => {
    const stage = await setStage(context)
    stage.fake.defaultScript = () => errorScript(401)
    const page = await stage.open('member', STILL)
    await page.goto(await ask(stage, 'member', 'Are you there?'))
    await expect(answerOn(page)).toHaveAttribute('data-status', 'failed')
    await check(page, 'a failed answer')

    const answer = stage.fake.live()
    await answerOn(page).getByRole('button', { name: 'Retry' }).click()
    answer.text('It is')
    await expect(wordsOn(page)).toHaveText('It is')
    answer.cut()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'interrupted')
    await check(page, 'a cut answer')

    const viewer = await stage.open('viewer', STILL)
    await viewer.goto(new URL(page.url()).pathname)
    await check(viewer, 'a discussion as a viewer sees it')
  })

  test('the drawer of a phone', async (context) => {
    const stage = await setStage(context)
    stage.fake.enqueue(messageScript({ text: RICH }))
    const page = await stage.open('member', { ...STILL, viewport: PHONE })
    await page.goto('/discussions')
    await page.getByRole('button', { name: 'More' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await check(page, 'the drawer', [PHONE])
  })

  test('error pages and the mailbox', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/404/)
    const page = await stage.open('member', STILL)

    await page.goto('/nowhere')
    await check(page, 'an error page')
    await mailSomebody(stage, page)
    await check(page, 'the mailbox')
  })
})

/** Runs axe in both themes and at both widths; anything serious or critical fails the test. */
async function check(page: Page, what: string, viewports = [DESKTOP, PHONE]) {
  const found: string[] = []
  const before = page.viewportSize()
  for (const viewport of viewports) {
    await page.setViewportSize(viewport)
    for (const theme of ['light', 'dark']) {
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
      const axe = new AxeBuilder({ page }).setLegacyMode().exclude('iframe')
      const { violations } = await (theme === 'dark' ? axe.withRules(COLOURS) : axe).analyze()
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue
        const where = nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`)
        found.push(`${what}, ${theme}, ${viewport.width} px: ${id}\n${where.join('\n')}`)
      }
    }
  }
  if (before) await page.setViewportSize(before)
  if (found.length > 0) throw new Error(found.join('\n\n'))
}

async function mailSomebody(stage: Stage, page: Page) {
  const { email } = stage.workspace.people.viewer
  const door = await stage.open(null)
  await door.goto('/sign-in')
  await door.getByLabel('Work e-mail').fill(email)
  await door.getByRole('button', { name: 'Send me a link' }).click()
  await expect(async () => {
    await page.goto('/dev/mailbox')
    await expect(page.getByRole('link', { name: `To ${email}` })).toBeVisible({ timeout: 250 })
  }).toPass({ timeout: 15_000 })
}
