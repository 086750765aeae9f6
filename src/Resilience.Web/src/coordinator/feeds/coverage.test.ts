import { describe, expect, it } from 'vitest';
import { emptyCoverage, findFault, fromMapping, isDated, toMapping } from './coverage';

const rain = { ...emptyCoverage(), quantity: 'RainAccumulation' as const, unit: 'mm', by: 'threshold' as const, classes: [{ name: '50 mm', value: '50', raises: '' as const }, { name: '100 mm', value: '100,5', raises: 'Minor' as const }], notSeen: '-9999 -1', least: '2,5', stepMinutes: '90', latencyMinutes: '20' };

describe('a raster in the form', () => {
  it('becomes the mapping the server reads', () => {
    expect(toMapping(rain, true)).toEqual({
      quantity: 'RainAccumulation', band: 1, unit: 'mm', classes: [{ name: '50 mm', atLeast: 50, values: [] }, { name: '100 mm', atLeast: 100.5, values: [], raises: 'Minor' }], notSeen: [-9999, -1], leastSquareKilometres: 2.5, step: '0.01:30:00', latency: '0.00:20:00',
    });
    expect(toMapping(emptyCoverage(), false)).toMatchObject({ classes: [{ name: 'Flooded', atLeast: null, values: [1] }], step: null });
  });
  it('comes back as it was', () => {
    expect(toMapping(fromMapping(toMapping(rain, true)), true)).toEqual(toMapping(rain, true));
    expect(fromMapping({ ...toMapping(rain, true), step: '1.00:00:00', latency: '06:00:00' })).toMatchObject({ stepMinutes: '1440', latencyMinutes: '360' });
  });
  it('says what is missing or no number', () => {
    expect(findFault(rain, true)).toBeNull();
    expect(findFault({ ...rain, classes: [] }, true)).toBe('classes');
    expect(findFault({ ...rain, classes: [{ name: 'a', value: 'much', raises: '' }] }, true)).toBe('classes');
    expect(findFault({ ...rain, classes: [{ name: 'a', value: '', raises: '' }] }, true)).toBe('classes');
    expect(findFault({ ...rain, classes: [{ name: 'a', value: '5', raises: '' }, { name: 'b', value: '5', raises: '' }] }, true)).toBe('classes');
    expect(findFault({ ...rain, band: 'x' }, true)).toBe('numbers');
    expect(findFault({ ...rain, stepMinutes: '0' }, true)).toBe('numbers');
    expect(findFault({ ...rain, stepMinutes: '0' }, false)).toBeNull();
  });
  it('knows a time in the address', () => {
    expect(isDated('https://x.example/rain_{yyyyMMddHH}.tif')).toBe(true);
    expect(isDated('https://x.example/rain.tif')).toBe(false);
  });
});
