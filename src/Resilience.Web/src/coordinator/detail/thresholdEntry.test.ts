import { describe, expect, it } from 'vitest';
import { entryOf, read, windowsOf } from './thresholdEntry';

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
  it('of rain are read by the hours they are summed over, each rising by itself', () => {
    const windows = windowsOf('Rainfall');
    const thresholds = [{ level: 'Minor', value: 60, hours: 3 }, { level: 'Moderate', value: 90, hours: 3 }, { level: 'Minor', value: 50, hours: 24 }] as const;
    expect(read(entryOf(thresholds, windows), windows)).toEqual({ thresholds, fault: null });
    expect(read({ 'Minor 3': '60', 'Moderate 3': '60' }, windows).fault).toBe('Moderate 3');
    expect(read({ 'Action 24': '0' }, windows).fault).toBe('Action 24');
  });
});
