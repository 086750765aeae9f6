// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

const zone = process.env['TZ'];
afterEach(() => { process.env['TZ'] = zone; vi.resetModules(); });
async function load(timeZone: string) {
  process.env['TZ'] = timeZone;
  vi.stubGlobal('navigator', { languages: ['en'] });
  return import('./format');
}

describe('what the rules wrote', () => {
  it('is told in the reader’s own time, with UTC beside it', async () => {
    const { withLocalTimes } = await load('Asia/Thimphu');
    expect(withLocalTimes('fell at 05:54 UTC, silent since 23:10 UTC.', '2026-11-23T06:11:00Z')).toBe('fell at 11:54 (05:54 UTC), silent since 05:10 (23:10 UTC).');
  });
  it('stays as it is where the reader’s clock is UTC', async () => {
    const { withLocalTimes } = await load('UTC');
    expect(withLocalTimes('fell at 05:54 UTC', '2026-11-23T06:11:00Z')).toBe('fell at 05:54 UTC');
  });
  it('puts a moment into a time field in the reader’s own time', async () => {
    const { inputTime } = await load('Asia/Thimphu');
    expect(inputTime('2026-11-23T23:12:00Z')).toBe('2026-11-24T05:12');
  });
  it('names languages, and leaves a tag nobody knows as it is', async () => {
    const { languageName } = await load('UTC');
    expect(languageName('dz')).toBe('Dzongkha');
    expect(languageName('not a tag')).toBe('not a tag');
  });
  it('has its quality flags in words', async () => {
    const { qualityWords } = await load('UTC');
    expect(qualityWords(['None'])).toBe('');
    expect(qualityWords(['Gap', 'Stuck'])).toBe('after a gap, stuck');
  });
});

describe('head-counts', () => {
  it('are told to two digits, small ones as they are', async () => {
    const { roughPeople } = await load('UTC');
    expect([0, 7, 35, 149, 11_933, 99_600, 1_250_000].map(roughPeople)).toEqual(['0', '7', '35', '150', '12,000', '100,000', '1,300,000']);
  });
});
