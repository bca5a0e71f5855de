import { chromium, type Page } from 'playwright'
import { ask } from './ask.ts'
import { compare, percentiles } from './compare.ts'
import { HOST, type Team } from './people.ts'
import type { Provider } from './processes.ts'
import { stampsOf, type AnswerScript } from './script.ts'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync']
const FLAGS_QUIET = ['--disable-background-networking', '--disable-component-update']
const TEXT = 'article[data-status] .prose'

/** Answers read from the page as it is drawn: the delay to the first word, then reloads in mid-answer. */
export async function readInChromium(team: Team, provider: Provider, reloads: number) {
  const executablePath = process.env.CHROMIUM_PATH
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, ...FLAGS_QUIET] })
  try {
    const context = await browser.newContext()
    const url = `http://${HOST}:${process.env.PORT}`
    await context.addCookies(
      [...team.reader.cookies].map(([name, value]) => ({ name, value, url }))
    )
    const page = await context.newPage()
    await page.addInitScript(noteFirstWord, TEXT)
    const firsts: number[] = []
    for (let round = 0; round < 10; round++)
      firsts.push(await firstWordDelay(page, url, team, provider, round))
    return {
      browser_first_word_ms: percentiles(firsts),
      ...(await reloadInChromium(page, url, team, provider, reloads)),
    }
  } finally {
    await browser.close()
  }
}

async function firstWordDelay(
  page: Page,
  url: string,
  team: Team,
  provider: Provider,
  round: number
) {
  const script = { id: `chromium-first-${round}`, words: 20, delayMs: 20 }
  const snapshot = page.waitForResponse(
    (response) => 'x-inertia-partial-data' in response.request().headers()
  )
  await page.goto(url + (await ask(team, script)))
  // The stream is ready before the page reads its first snapshot.
  await snapshot
  await page.waitForSelector('article[data-status=streaming]')
  provider.go(script.id)
  await page.waitForSelector('article[data-status=complete]')
  const seenAt = await page.evaluate(() => Number(document.documentElement.dataset.firstWordAt))
  return seenAt - stampsOf(provider.said(script.id))[0]
}

/** Runs in the page: notes on the root element when the first word was in the document. */
function noteFirstWord(selector: string) {
  const observer = new MutationObserver(() => {
    if (!document.querySelector(selector)?.textContent?.includes('@')) return
    observer.disconnect()
    const at = performance.timeOrigin + performance.now()
    document.documentElement.dataset.firstWordAt = String(at)
  })
  observer.observe(document, { subtree: true, childList: true, characterData: true })
}

async function reloadInChromium(
  page: Page,
  url: string,
  team: Team,
  provider: Provider,
  reloads: number
) {
  let done = 0
  let lost = 0
  let doubled = 0
  const tell = (read: string, id: string) => {
    const difference = compare(flat(provider.said(id)), flat(read))
    lost += difference.lost
    doubled += difference.doubled
  }

  for (let round = 0; done < reloads; round++) {
    const script: AnswerScript = { id: `chromium-${round}`, words: 500, delayMs: 20 }
    await page.goto(url + (await ask(team, script)))
    provider.go(script.id)
    while (done < reloads && (await statusOf(page)) !== 'complete') {
      await page.waitForTimeout(100 + Math.random() * 900)
      tell(await textOf(page), script.id)
      await page.reload()
      done++
    }
    await page.waitForSelector('article[data-status=complete]', { timeout: 30_000 })
    const read = await textOf(page)
    tell(read, script.id)
    const missing = flat(provider.said(script.id)).length - flat(read).length
    if (missing > 0) lost += missing
  }
  return { browser_reloads: done, browser_lost_chars: lost, browser_doubled_chars: doubled }
}

function statusOf(page: Page) {
  return page.locator('article[data-status]').last().getAttribute('data-status')
}

async function textOf(page: Page) {
  const prose = page.locator(TEXT)
  return (await prose.count()) > 0 ? ((await prose.last().textContent()) ?? '') : ''
}

/** The page draws paragraphs, not white space. */
function flat(text: string) {
  return text.replace(/\s+/g, '')
}
