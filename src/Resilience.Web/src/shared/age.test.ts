import { describe, expect, it } from 'vitest';
import { ageClass, splitAge } from './age';

const minute = 60_000;

describe('the age of a value', () => {
  it.each([
    [22, 15, 'fresh'], [23, 15, 'ageing'], [45, 15, 'ageing'], [46, 15, 'stale'],
    [180, 15, 'stale'], [181, 15, 'silent'], [359, 60, 'stale'], [361, 60, 'silent'],
  ] as const)('of %i min, expected every %i min, is %s', (age, every, expected) => {
    expect(ageClass(age * minute, every * minute)).toBe(expected);
  });

  it('counts an unknown interval as a quarter of an hour', () => expect(ageClass(46 * minute, 0)).toBe('stale'));
  it('is said in minutes to 90, then hours, then days', () => {
    expect(splitAge(30_000)).toEqual({ unit: 'now', count: 0 });
    expect(splitAge(-5 * minute)).toEqual({ unit: 'now', count: 0 });
    expect(splitAge(89 * minute)).toEqual({ unit: 'min', count: 89 });
    expect(splitAge(90 * minute)).toEqual({ unit: 'h', count: 2 });
    expect(splitAge(72 * 60 * minute)).toEqual({ unit: 'd', count: 3 });
  });
});
