import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { expect, setStage } from '#tests/support/browser'
import { answerOn, wordsOn } from '#tests/support/discussion_page'

/** How long a finger rests on a key: a radio group follows arrows that are held as people hold them. */
const KEY_DOWN_MS = 50

test.group('Without a mouse', () => {
  test('somebody asks, stops, asks another persona and signs out', async (context) => {
    const stage = await setStage(context)
    const { personas } = stage.workspace
    const page = await stage.open('member')
    await page.goto('/discussions')

    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
    await tabTo(page, 'link', 'New discussion')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Your question' })).toBeFocused()

    const first = stage.fake.live()
    await page.keyboard.type('How do tides work?')
    await tabTo(page, 'radio', personas[0].name)
    await page.keyboard.press('ArrowDown', { delay: KEY_DOWN_MS })
    await expect(page.getByRole('radio', { checked: true })).toHaveAccessibleName(
      new RegExp(personas[1].name)
    )
    await tabTo(page, 'button', 'Start', 'Shift+Tab')
    await page.keyboard.press('Enter')

    first.text('Well')
    await expect(wordsOn(page)).toHaveText('Well')
    await tabTo(page, 'button', 'Stop')
    await page.keyboard.press('Enter')
    await expect(answerOn(page)).toHaveAttribute('data-status', 'stopped')

    await tabTo(page, 'button', 'Persona:')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.type(personas[3].name.slice(0, 3))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: `Persona: ${personas[3].name}` })).toBeFocused()

    const second = stage.fake.live()
    await tabTo(page, 'textbox', 'Message', 'Shift+Tab')
    await page.keyboard.type('And you?')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('In two lines.')
    await page.keyboard.press('Enter')
    second.text('In brief: yes.')
    second.finish()
    await expect(answerOn(page)).toHaveAccessibleName(personas[3].name)
    await expect(answerOn(page)).toHaveAttribute('data-status', 'complete')
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused()

    await tabTo(page, 'button', 'Account menu', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Account menu' })).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/sign-in$/)
  })
})

/** Presses Tab until this has the focus; each stop on the way must show that it has it. */
async function tabTo(
  page: Page,
  role: 'link' | 'button' | 'radio' | 'textbox',
  name: string,
  key = 'Tab'
) {
  const target = page.getByRole(role, { name }).filter({ visible: true })
  await expect(target.first()).toBeVisible()
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key)
    const focus = await page.evaluate(focusMark)
    if (focus.shown === false) throw new Error(`Nobody sees that this has the focus: ${focus.html}`)
    if (await target.evaluateAll((all) => all.includes(document.activeElement as HTMLElement)))
      return
  }
  throw new Error(`${key} does not lead to the ${role} "${name}".`)
}

/** Whether the focused element looks otherwise than it does without the focus. */
function focusMark() {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body)
    return { shown: null, html: '' }
  const look = () =>
    [element, element.closest('form'), element.parentElement]
      .map((one) => one && getComputedStyle(one))
      .map(
        (style) => style && [style.outline, style.boxShadow, style.borderColor, style.top].join()
      )
      .join(';')
  const focused = look()
  element.blur()
  const blurred = look()
  element.focus({ preventScroll: true })
  return { shown: focused !== blurred, html: element.outerHTML.slice(0, 160) }
}
