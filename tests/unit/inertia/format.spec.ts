import { test } from '@japa/runner'
import { cost, initials, plural, seconds, timeAgo } from '#inertia/lib/format'

const now = Date.parse('2026-11-22T12:00:00Z')
const before = (ms: number) => timeAgo(new Date(now - ms).toISOString(), now)

test.group('Format', () => {
  test('ages in seconds and minutes up to an hour, then by day and clock', ({ assert }) => {
    assert.equal(before(14_000), '14 s ago')
    assert.equal(before(59 * 60_000), '59 min ago')
    assert.match(before(3 * 3_600_000), /^(Sat|Sun) \d\d:\d\d$/)
    assert.match(before(20 * 24 * 3_600_000), /^\d{1,2} Nov, \d\d:\d\d$/)
  })

  test('a clock that runs ahead is no time in the future', ({ assert }) => {
    assert.equal(before(-5_000), '0 s ago')
  })

  test('durations never show sixty of anything', ({ assert }) => {
    assert.equal(seconds(900), '0.9 s')
    assert.equal(seconds(9_960), '10 s')
    assert.equal(seconds(59_700), '1 min 0 s')
    assert.equal(seconds(119_700), '2 min 0 s')
  })

  test('an unknown price says so, a known one has four places', ({ assert }) => {
    assert.equal(cost(null), 'cost unknown')
    assert.equal(cost(12_100_000), '$0.0121')
  })

  test('counts and initials', ({ assert }) => {
    assert.equal(plural(1, 'token'), '1 token')
    assert.equal(plural(1204, 'token'), '1,204 tokens')
    assert.equal(initials('Henrike von Auersdorff-Bellmann'), 'HA')
    assert.equal(initials('Mara'), 'M')
  })
})
