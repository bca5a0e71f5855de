import type { TestContext } from '@japa/runner/core'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { expect as playwrightExpect } from 'playwright/test'
import type { FakeAnthropic } from '#tests/fakes/anthropic'
import env from '#start/env'
import type { Role } from '#services/identity/index'
import { BrowserWatch } from '#tests/support/browser_watch'
import { fakeAnthropic } from '#tests/support/models'
import { Visitor } from '#tests/support/visitor'
import { makeWorkspace, type Workspace } from '#tests/support/workspace'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** Waits for what it expects, longer than the default: several browsers share two cores. */
export const expect = playwrightExpect.configure({ timeout: 15_000 })

let browser: Browser | null = null

/** One Chromium for a whole suite; answers with how to close it. */
export async function startBrowser(): Promise<() => Promise<void>> {
  const launched = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: FLAGS,
  })
  browser = launched
  return () => launched.close()
}

type Options = {
  viewport?: { width: number; height: number }
  theme?: 'light' | 'dark'
  reducedMotion?: 'reduce'
  javaScriptEnabled?: boolean
}

/** What a browser test plays on: a workspace of its own, a vendor that it drives, and people's browsers. */
export class Stage {
  readonly origin: string

  constructor(
    readonly workspace: Workspace,
    readonly fake: FakeAnthropic,
    readonly watch: BrowserWatch,
    private keep: (context: BrowserContext) => void
  ) {
    this.origin = originOf(workspace.host)
  }

  /** A page in a browser that no other page shares: of somebody signed in, or of a stranger. */
  async open(who: Role | null, options: Options = {}): Promise<Page> {
    const { theme, viewport = DESKTOP, ...others } = options
    if (!browser) throw new Error('Call startBrowser() before the suite.')
    const context = await browser.newContext({ baseURL: this.origin, viewport, ...others })
    this.keep(context)
    context.setDefaultTimeout(15_000)
    await this.watch.follow(context)
    if (theme) await context.addCookies([{ name: 'nyx_theme', value: theme, url: this.origin }])
    if (who) await signIn(context, this.workspace.people[who], this.workspace.host)
    return context.newPage()
  }
}

/** Sets the stage. When the test ends, anything that its browsers complained of fails it. */
export async function setStage({ cleanup }: Pick<TestContext, 'cleanup'>): Promise<Stage> {
  const watch = new BrowserWatch()
  const contexts: BrowserContext[] = []
  // Clean-ups run last to first, and one that throws ends the row: so the verdict comes last.
  cleanup(() => watch.verdict())
  const fake = await fakeAnthropic({ cleanup })
  cleanup(async () => {
    await Promise.all(contexts.map((context) => context.close()))
  })
  return new Stage(await makeWorkspace(), fake, watch, (context) => contexts.push(context))
}

/** Gives a browser the session of somebody who used a sign-in link. */
export async function signIn(context: BrowserContext, user: { email: string }, host: string) {
  const { cookies } = await Visitor.signedIn(user, host)
  const url = originOf(host)
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
}

export function originOf(host: string) {
  return `http://${host}:${env.get('PORT')}`
}
