import { describe, expect, it } from 'vitest';
import { ageText, clockText, freshness, momentText } from './age';

const words = { now: 'just now', minutes: (n: number) => `${n} min`, hours: (n: number) => `${n} h`, days: (n: number) => `${n} days` };
const days = { today: 'today', tomorrow: 'tomorrow', yesterday: 'yesterday' };
const MIN = 60_000, H = 60 * MIN, D = 24 * H;

describe('age in words', () => {
  it.each([[-5_000, 'just now'], [59_999, 'just now'], [MIN, '1 min'], [59 * MIN + 59_000, '59 min'], [H, '1 h'], [47 * H, '47 h'], [2 * D, '2 days']])(
    '%i ms is %s', (ms, text) => expect(ageText(ms, words)).toBe(text));
});

describe('trust in what was saved', () => {
  it('ends in two steps: bold after 30 min, a bar after 6 h', () => {
    expect([30 * MIN, 30 * MIN + 1, 6 * H, 6 * H + 1].map(freshness)).toEqual(['Fresh', 'Old', 'Old', 'Untrusted']);
  });
});

describe('a moment in words', () => {
  const now = Date.parse('2026-11-23T17:30:00Z'); // 23:30 in Thimphu
  it.each([
    ['2026-11-23T17:45:00Z', '23:45 today'],
    ['2026-11-23T18:15:00Z', '00:15 tomorrow'],
    ['2026-11-22T18:00:00Z', '00:00 today'],
    ['2026-11-22T17:00:00Z', '23:00 yesterday'],
    ['2026-11-26T02:00:00Z', '08:00 Thursday'],
    ['2026-12-23T02:00:00Z', '08:00, 23 Dec'],
  ])('%s is %s', (iso, text) => expect(momentText(Date.parse(iso), now, days, 'en-GB', 'Asia/Thimphu')).toBe(text));

  it('writes midnight as 00', () => expect(clockText(Date.parse('2026-11-23T18:00:00Z'), 'Asia/Thimphu')).toBe('00:00'));
});
