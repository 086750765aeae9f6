// @vitest-environment node
import { expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
const { levelAndValue, toGauge } = await import('./gauges');
type Station = Parameters<typeof toGauge>[1];
type Assessment = NonNullable<Parameters<typeof toGauge>[2]>;

const now = Date.parse('2026-11-24T08:00:00Z');
const station = { time: '2026-11-24T07:55:00Z', expectedEverySeconds: 900 } as Station;

it('tells a gauge that no rule looks at from one that was judged and found low', () => {
  expect(toGauge('a', station, null, null, now)).toMatchObject({ level: 'None', judged: false, silent: false });
  expect(toGauge('a', station, { level: 'None', silent: false } as Assessment, null, now)).toMatchObject({ level: 'None', judged: true });
});

it('names the level by its hazard, and beside it a value only if that is what raised it', () => {
  const at = (property: string, kind: string, level: string, value: number, unit: string) => levelAndValue(toGauge('a', { ...station, property, value, unit, trendPerHour: null } as Station, { level, kind, silent: false } as Assessment, null, now));
  expect(at('Rainfall', 'ExtremeHeat', 'Major', 0, 'mm')).toBe('Extreme heat');
  expect(at('Rainfall', 'HeavyRain', 'Major', 6.3, 'mm')).toBe('Extreme rain 6.30 mm ');
  expect(at('Stage', 'RiverFlood', 'Minor', 20.3, 'ft')).toBe('Minor 20.3 ft ');
  expect(at('Stage', 'RiverFlood', 'None', 2, 'ft')).toBe('');
});
