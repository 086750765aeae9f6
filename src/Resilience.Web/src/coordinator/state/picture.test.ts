// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
const { judgePicture } = await import('./picture');
const ok = { state: 'Ok' as const };

describe('what an empty screen may claim', () => {
  it('is nothing before the server has said what the layers hold', () => expect(judgePicture(false, [ok], 10, 10)).toBe('loading'));
  it('is that feeds are being read while one has never been read', () => expect(judgePicture(true, [ok, { state: 'New' }], 10, 10)).toBe('reading'));
  it('is that feeds are being read while none has brought a station', () => expect(judgePicture(true, [ok], 0, 0)).toBe('reading'));
  it('does not wait for stations of feeds that bring none', () => expect(judgePicture(true, [{ ...ok, bringsStations: false }], 0, 0)).toBe('whole'));
  it('waits for stations beside such a feed', () => expect(judgePicture(true, [{ ...ok, bringsStations: false }, { ...ok, bringsStations: true }], 0, 0)).toBe('reading'));
  it('is that nothing has been judged while no rule has looked at the values', () => expect(judgePicture(true, [ok], 10, 0)).toBe('unassessed'));
  it('does not wait for feeds that are dead or switched off', () => expect(judgePicture(true, [{ state: 'Dead' }, { state: 'Paused' }], 0, 0)).toBe('whole'));
  it('is all quiet only when everything was read and judged', () => expect(judgePicture(true, [ok], 10, 10)).toBe('whole'));
});
