import { test } from '@japa/runner'
import { issueLink } from '#services/identity/index'
import { expect, setStage } from '#tests/support/browser'
import { ask, answerOn, untilLive } from '#tests/support/discussion_page'

test.group('Signing in', () => {
  test('an address, a mail, a link and a button lead to the list', async (context) => {
    const stage = await setStage(context)
    const { email } = stage.workspace.people.member
    const page = await stage.open(null)

    await page.goto('/')
    await expect(page).toHaveURL(/\/sign-in$/)
    await page.getByLabel('Work e-mail').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
    await expect(page.getByText(email)).toBeVisible()

    const mail = page.getByRole('link', { name: `To ${email}` })
    await expect(async () => {
      await page.goto('/dev/mailbox')
      await expect(mail).toBeVisible({ timeout: 250 })
    }).toPass({ timeout: 15_000 })
    await mail.click()
    await page.getByRole('link', { name: '/sign-in/links/' }).click()
    await page.getByRole('button', { name: 'Sign in' }).click()

    await expect(page).toHaveURL(/\/discussions$/)
    await expect(page.getByRole('heading', { name: 'Discussions', exact: true })).toBeVisible()
    await expect(page.getByText('No discussions yet')).toBeVisible()
  })

  test('works while the scripts are still on their way', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/\/assets\/.*\.js csp$/)
    const { people, host } = stage.workspace
    const page = await stage.open(null, { javaScriptEnabled: false })

    await page.goto('/sign-in')
    await page.getByLabel('Work e-mail').fill(people.member.email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()

    await page.goto((await issueLink(people.member.email, host)) ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Discussions', exact: true })).toBeVisible()
  })

  test('keeps an address that was typed before the scripts arrived', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open(null)
    const address = page.getByLabel('Work e-mail')
    const { promise: scripts, resolve: letThemCome } = Promise.withResolvers<void>()
    await page.route('**/assets/*.js', (route) => scripts.then(() => route.continue()))

    await page.goto('/sign-in', { waitUntil: 'commit' })
    await address.fill('in.a.hurry@example.com')
    letThemCome()
    await page.waitForFunction(() => '__vue_app__' in (document.getElementById('app') ?? {}))

    await expect(address).toHaveValue('in.a.hurry@example.com')
  })

  test('an address of nobody gets the same answer and no mail', async (context) => {
    const stage = await setStage(context)
    const page = await stage.open(null)

    await page.goto('/sign-in')
    await page.getByLabel('Work e-mail').fill('nobody@nowhere.example')
    await page.getByRole('button', { name: 'Send me a link' }).click()

    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  })

  test('a link that was used up says so and leads on', async (context) => {
    const stage = await setStage(context)
    const { people, host } = stage.workspace
    const link = (await issueLink(people.member.email, host)) ?? ''
    const page = await stage.open(null)

    await page.goto(link)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/discussions$/)

    const other = await stage.open(null)
    await other.goto(link)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await expect(other.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
    await other.getByRole('link', { name: 'Ask for a new link' }).click()
    await expect(other.getByLabel('Work e-mail')).toBeVisible()
  })

  test('signing out in one tab leads the other to the door', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/401/)
    const path = await ask(stage, 'member', 'How do tides work?')
    const page = await stage.open('member')
    await page.goto(path)
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await untilLive(page)

    const other = await page.context().newPage()
    await other.goto('/discussions')
    await other.getByRole('button', { name: 'Account menu' }).click()
    await other.getByRole('menuitem', { name: 'Sign out' }).click()

    await expect(other).toHaveURL(/\/sign-in$/)
    await expect(page).toHaveURL(/\/sign-in$/)
  })
})
