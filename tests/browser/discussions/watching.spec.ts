import { test } from '@japa/runner'
import server from '@adonisjs/core/services/server'
import { closeStreams } from '#services/realtime/index'
import { until } from '#tests/support/workers'
import { expect, setStage } from '#tests/support/browser'
import {
  answerOn,
  ask,
  connectionOn,
  numbered,
  storedAnswer,
  untilLive,
  wordsOn,
} from '#tests/support/discussion_page'

test.group('Watching an answer', () => {
  test('goes on after a reload in the middle, to the character', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Count.'))

    for (const round of [0, 1, 2, 3, 4, 5]) {
      answer.text(numbered(round * 50 + 1, round * 50 + 50))
      await expect(wordsOn(page)).toContainText(`w${round * 50 + 50}`)
      await page.reload()
      await expect(wordsOn(page)).toHaveText(numbered(1, round * 50 + 50).trim())
    }

    answer.text(numbered(301, 320))
    await expect(wordsOn(page)).toHaveText(numbered(1, 320).trim())
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(wordsOn(page)).toHaveText(numbered(1, 320).trim())
    context.assert.equal(stage.fake.calls.length, 1)
  })

  test('shows each word once, however often one reloads while they come', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Count.'))
    let said = 0
    const talking = setInterval(() => answer.text(numbered(++said, said)), 5)
    context.cleanup(() => clearInterval(talking))

    for (let reloads = 0; reloads < 5; reloads++) {
      await page.reload()
      await untilLive(page)
      await expect(wordsOn(page)).toContainText(`w${said + 50} `)
      const shown = (await wordsOn(page).innerText()).trim()
      context.assert.equal(shown, numbered(1, shown.split(' ').length).trim())
    }

    clearInterval(talking)
    await expect(wordsOn(page)).toHaveText(numbered(1, said).trim())
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(wordsOn(page)).toHaveText(numbered(1, said).trim())
  })

  test('is the same for two members, question included', async (context) => {
    const stage = await setStage(context)
    const path = await ask(stage, 'owner', 'First question')
    const asker = await stage.open('owner')
    const reader = await stage.open('member')
    await asker.goto(path)
    await reader.goto(path)
    await expect(answerOn(reader)).toHaveAttribute('data-status', 'complete')
    await untilLive(reader)

    const answer = stage.fake.live()
    await asker.getByRole('textbox', { name: 'Message' }).fill('Second question')
    await asker.keyboard.press('Enter')
    await expect(reader.getByText('Second question')).toBeVisible()

    for (const end of [30, 60, 90]) {
      answer.text(numbered(end - 29, end))
      await expect(wordsOn(asker)).toHaveText(numbered(1, end).trim())
      await expect(wordsOn(reader)).toHaveText(numbered(1, end).trim())
    }
    answer.finish()
    await expect(answerOn(asker)).toHaveAttribute('data-status', 'complete')
    await expect(answerOn(reader)).toHaveAttribute('data-status', 'complete')
  })

  test('goes on in a second tab, and after the first has gone', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const path = await ask(stage, 'member', 'Count.')
    const first = await stage.open('member')
    await first.goto(path)
    answer.text(numbered(1, 20))
    await expect(wordsOn(first)).toHaveText(numbered(1, 20).trim())

    const second = await first.context().newPage()
    await second.goto(path)
    await expect(wordsOn(second)).toHaveText(numbered(1, 20).trim())
    await untilLive(second)
    answer.text(numbered(21, 40))
    await expect(wordsOn(first)).toHaveText(numbered(1, 40).trim())
    await expect(wordsOn(second)).toHaveText(numbered(1, 40).trim())

    await first.close()
    answer.text(numbered(41, 60))
    answer.finish()
    await expect(answerOn(second)).toHaveAttribute('data-status', 'complete')
    await expect(wordsOn(second)).toHaveText(numbered(1, 60).trim())
  })

  test('survives being offline, and says so meanwhile', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/ERR_INTERNET_DISCONNECTED/)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Count.'))
    answer.text(numbered(1, 30))
    await expect(wordsOn(page)).toHaveText(numbered(1, 30).trim())
    await untilLive(page)

    await page.context().setOffline(true)
    await expect(connectionOn(page)).toHaveText('Offline')
    answer.text(numbered(31, 60))
    await until('the row to have it', async () => (await storedAnswer(stage)).includes('w60'))
    await expect(wordsOn(page)).toHaveText(numbered(1, 30).trim())

    await page.context().setOffline(false)
    await expect(wordsOn(page)).toHaveText(numbered(1, 60).trim())
    await untilLive(page)
    answer.text(numbered(61, 90))
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(wordsOn(page)).toHaveText(numbered(1, 90).trim())
  })

  test('is complete when the answer ended while offline', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/ERR_INTERNET_DISCONNECTED/)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Count.'))
    answer.text(numbered(1, 30))
    await expect(wordsOn(page)).toHaveText(numbered(1, 30).trim())

    await page.context().setOffline(true)
    await expect(connectionOn(page)).toHaveText('Offline')
    answer.text(numbered(31, 60))
    answer.finish()
    await until('the end', async () => (await storedAnswer(stage)).includes('w60'))
    await page.context().setOffline(false)

    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(wordsOn(page)).toHaveText(numbered(1, 60).trim())
  })

  test('survives streams that the server ends', async (context) => {
    const stage = await setStage(context)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Count.'))
    await untilLive(page)

    for (const round of [0, 1, 2]) {
      answer.text(numbered(round * 20 + 1, round * 20 + 10))
      closeStreams({ tenantId: stage.workspace.tenant.id })
      answer.text(numbered(round * 20 + 11, round * 20 + 20))
      await expect(wordsOn(page)).toHaveText(numbered(1, round * 20 + 20).trim())
      await untilLive(page)
    }
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(wordsOn(page)).toHaveText(numbered(1, 60).trim())
  })

  test('survives a line that breaks without a word', async (context) => {
    const stage = await setStage(context)
    stage.watch.allow(/\/events\?.*ERR_|ERR_.*\/events\?/)
    const answer = stage.fake.live()
    const page = await stage.open('member')
    await page.goto(await ask(stage, 'member', 'Count.'))
    answer.text(numbered(1, 10))
    await expect(wordsOn(page)).toHaveText(numbered(1, 10).trim())
    await untilLive(page)

    server.getNodeServer()?.closeAllConnections()
    await expect(connectionOn(page)).not.toHaveText('Live')
    answer.text(numbered(11, 20))

    await expect(wordsOn(page)).toHaveText(numbered(1, 20).trim())
    await untilLive(page)
    answer.text(numbered(21, 30))
    await expect(wordsOn(page)).toHaveText(numbered(1, 30).trim())
    answer.finish()
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
  })
})
