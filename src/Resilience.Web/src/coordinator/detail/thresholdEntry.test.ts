import { describe, expect, it } from 'vitest';
import { entryOf, read } from './thresholdEntry';

describe('typed thresholds', () => {
  it('are read with a comma or a point, and empty ones are left out', () => {
    expect(read({ Action: ' 1,5 ', Minor: '2.25', Moderate: '', Major: '4' })).toEqual({
      thresholds: [{ level: 'Action', value: 1.5 }, { level: 'Minor', value: 2.25 }, { level: 'Major', value: 4 }], fault: null,
    });
  });
  it('name the level that is no number or does not rise', () => {
    expect(read({ Action: '1', Minor: 'two', Moderate: '', Major: '' }).fault).toBe('Minor');
    expect(read({ Action: '3', Minor: '', Moderate: '3', Major: '' }).fault).toBe('Moderate');
    expect(read({ Action: '3', Minor: '', Moderate: '', Major: '2' }).fault).toBe('Major');
  });
  it('come back as they were', () => {
    const thresholds = [{ level: 'Action', value: 1.5 }, { level: 'Major', value: 4 }] as const;
    expect(read(entryOf(thresholds)).thresholds).toEqual(thresholds);
  });
  it('none at all mean the published ones', () => {
    expect(read(entryOf([]))).toEqual({ thresholds: [], fault: null });
  });
});
