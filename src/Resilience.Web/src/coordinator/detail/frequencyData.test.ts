import { describe, expect, it } from 'vitest';
import type { StationFrequency } from '../../shared/api';
import { frame, plotOf, ranked, reduced, ticksOf } from './frequencyData';

const record = (values: number[], current: number | null = null): StationFrequency => ({
  datastream: 'd', of: 'flow', unit: 'ft3/s', source: 's', years: values.length, why: '', fit: { location: 1, scale: 1, shape: 0 },
  levels: [2, 5, 10, 20, 50, 100].map((years) => ({ years, value: years * 10, low: years * 5, high: years * 500 })), maxima: values.map((value, i) => ({ year: 2000 + i, value })),
  current: current === null ? null : { value: current, unit: 'ft3/s', of: 'flow', time: '2026-01-01T00:00:00Z', years: 3, low: 2, high: 9, record: values.length, source: 's', rating: null, words: 'w' },
});

describe('the flood-frequency drawing', () => {
  it('places the highest of ten years at about 18 years and the lowest near one', () => {
    const points = ranked(record([3, 9, 1, 4, 5, 6, 7, 8, 2, 10]).maxima);
    expect(points[0]).toMatchObject({ value: 10, year: 2009 });
    expect(points[0]!.years).toBeCloseTo(10.12 / 0.56, 9);
    expect(points[9]!.years).toBeCloseTo(10.12 / 9.56, 9);
  });

  it('draws rarer further right and more water higher up, all inside the frame', () => {
    const plot = plotOf(record([100, 300, 800, 20], 5000));
    const x = [1, 1.5, 2, 10, 100, 1000].map(plot.x);
    expect(x).toEqual([...x].sort((a, b) => a - b));
    expect(plot.y(5000)).toBeLessThan(plot.y(800));
    for (const v of [-1e9, 20, 800, 5000, 1e9]) {
      expect(plot.y(v)).toBeGreaterThanOrEqual(frame.top);
      expect(plot.y(v)).toBeLessThanOrEqual(frame.bottom);
    }
    expect(Math.max(...x)).toBeLessThanOrEqual(frame.right);
    expect(reduced(2)).toBeCloseTo(0.3665, 4);
  });

  it('has few round ticks', () => {
    expect(ticksOf(0, 20000)).toEqual([0, 5000, 10000, 15000, 20000]);
    expect(ticksOf(11.2, 14.9)).toEqual([12, 13, 14]);
  });
});
