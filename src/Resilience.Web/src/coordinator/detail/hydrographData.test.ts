import { describe, expect, it } from 'vitest';
import { readSeries, toSeries, yRange } from './hydrographData';

const at = (minute: number, value: number, ...quality: string[]) => ({ time: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(), value, quality });
const minor = { level: 'Minor' as const, value: 3, unit: 'm', source: '', assumed: false, datastream: 'd' };
const major = { level: 'Major' as const, value: 6, unit: 'm', source: '', assumed: false, datastream: 'd' };

describe('a hydrograph', () => {
  it('breaks the line at a gap of more than twice the interval', () => expect(toSeries([at(0, 1), at(15, 1.1), at(60, 1.2)], 900).value).toEqual([1, 1.1, null, 1.2]));
  it('keeps suspect values apart and does not break the line at them', () => {
    const s = toSeries([at(0, 1), at(15, 99, 'Suspect', 'RateOfChange'), at(30, 1.2)], 900);
    expect(s.value).toEqual([1, undefined, 1.2]);
    expect(s.suspect).toEqual([null, 99, null]);
  });
  it('always shows the next threshold above', () => {
    const top = (...values: number[]) => yRange(values.map((v, i) => at(i * 15, v)), [major, minor])[1];
    expect(top(1, 1.2)).toBeGreaterThan(3);
    expect(top(1, 1.2)).toBeLessThan(6);
    expect(top(4, 3.2)).toBeGreaterThan(6);
  });
  it('above every threshold shows the highest one', () => expect(yRange([at(0, 20), at(15, 20.3)], [{ ...major, value: 18 }])[0]).toBeLessThan(18));
  it('begins at zero where nothing is below it, and below where something is', () => {
    expect(yRange([at(0, 0), at(15, 0)], [])[0]).toBe(0);
    expect(yRange([at(0, -1), at(15, 0)], [])[0]).toBeLessThan(-1);
  });
  it('is not flattened by a suspect value far away', () => expect(yRange([at(0, 1), at(15, 1.2), at(30, 400, 'Suspect')], [minor])[1]).toBeLessThan(4));
});

describe('the sentence under it', () => {
  it('says how far below and when, at this rate', () => {
    const r = readSeries([at(0, 2), at(60, 2.5)], [minor, major])!;
    expect(r.trend).toBe('rising');
    expect(r.below!.gap).toBeCloseTo(0.5);
    expect(new Date(r.below!.reachedAt!).toISOString()).toBe('2026-01-01T02:00:00.000Z');
  });
  it('foretells nothing further than 12 h', () => expect(readSeries([at(0, 2), at(60, 2.01)], [minor])!.below!.reachedAt).toBeNull());
  it('does not read suspect values', () => expect(readSeries([at(0, 2), at(60, 2), at(75, 9, 'Suspect')], [minor])).toMatchObject({ value: 2, trend: 'steady', suspect: 1 }));
  it('says how far above the highest', () => expect(readSeries([at(0, 7)], [minor, major])!.above).toEqual({ level: 'Major', gap: 1 }));
});
