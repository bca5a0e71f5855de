import { test } from '@japa/runner'
import { litPath, moonDay } from '#inertia/lib/moon'

test.group('Moon', () => {
  test('knows a new and a full moon of the almanac, to a day', ({ assert }) => {
    assert.equal(moonDay(Date.parse('2000-01-07T00:00:00Z')), 0)
    assert.oneOf(moonDay(Date.parse('2026-11-09T07:02:00Z')), [28, 29, 0, 1])
    assert.oneOf(moonDay(Date.parse('2026-11-24T14:53:00Z')), [13, 14, 15])
  })

  test('the waxing half is lit on the right, the waning half on the left', ({ assert }) => {
    assert.equal(litPath(0), '')
    assert.match(litPath(0.25), /^M8 2a6 6 0 0 1 0 12/)
    assert.match(litPath(0.5), /a6 6 0 1 1 0-12Z$/)
    assert.match(litPath(0.75), /^M8 2a6 6 0 0 0 0 12/)
    assert.equal(litPath(1), '')
  })
})
