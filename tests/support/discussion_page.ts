import { DateTime } from 'luxon'
import type { Locator, Page } from 'playwright'
import Discussion from '#models/discussion'
import Message from '#models/message'
import type { Role } from '#services/identity/index'
import { startDiscussion } from '#services/discussions/index'
import { withTenantScope } from '#services/tenancy/index'
import { expect, type Stage } from '#tests/support/browser'

export const MODEL = { provider: 'anthropic', model: 'claude-sonnet-5-5' }

/** The path of a new discussion in which `who` has asked `content`; its answer is on the way. */
export async function ask(stage: Stage, who: Role, content: string): Promise<string> {
  const { tenant, people, personas } = stage.workspace
  const scope = { tenantId: tenant.id, userId: people[who].id }
  const discussion = await withTenantScope(scope, () =>
    startDiscussion({ content, personaId: personas[0].id, ...MODEL })
  )
  return `/discussions/${discussion.id}`
}

/** The text of the newest answer as its row has it. */
export async function storedAnswer(stage: Stage): Promise<string> {
  const { tenant, people } = stage.workspace
  const scope = { tenantId: tenant.id, userId: people.owner.id }
  const answer = await withTenantScope(scope, () =>
    Message.query().where('role', 'assistant').orderBy('id', 'desc').firstOrFail()
  )
  return answer.content
}

/** The newest answer on the page. */
export function answerOn(page: Page): Locator {
  return page.locator('article[data-status]').last()
}

/** The words of the newest answer on the page. */
export function wordsOn(page: Page): Locator {
  return answerOn(page).locator('.prose')
}

export function connectionOn(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Sidebar' }).locator('[data-connection]')
}

/** Waits until the page hears the server: what comes from now on, it gets by events. */
export async function untilLive(page: Page) {
  await expect(connectionOn(page)).toHaveText('Live')
}

/** `from` to `to` as words that show at a glance whether one is missing, doubled or out of place. */
export function numbered(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `w${from + index} `).join('')
}

/** Discussions without messages, the first title on top. */
export async function fillList(stage: Stage, who: Role, titles: string[]) {
  const { tenant, people } = stage.workspace
  const ownerId = people[who].id
  await withTenantScope({ tenantId: tenant.id, userId: ownerId }, () =>
    Discussion.createMany(
      titles.map((title, index) => ({
        ownerId,
        title,
        mode: 'single',
        visibility: 'workspace',
        lastMessageAt: DateTime.now().minus({ minutes: index }),
      }))
    )
  )
}
