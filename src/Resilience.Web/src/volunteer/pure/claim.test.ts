import { expect, it } from 'vitest';
import type { TaskProperties } from '../../shared/api';
import { claimTime, hindrance, reminderDue } from './claim';

const MIN = 60_000;
const until = 120 * MIN;

it.each([[0, 'Held', 1], [60, 'Held', 0.5], [105, 'Soon', 0.125], [115, 'Last', 5 / 120], [120, 'Grace', 0], [129, 'Grace', 0], [130, 'Over', 0]] as const)(
  'after %i of 120 min a claim is %s', (minute, phase, fraction) => {
    const time = claimTime(until, minute * MIN, until);
    expect(time.phase).toBe(phase);
    expect(time.fraction).toBeCloseTo(fraction);
  });

it('reminds once at 15 and once at 5 min, and names only the nearer when both were slept through', () => {
  expect(reminderDue(until, 104 * MIN, 105 * MIN)).toBe(15);
  expect(reminderDue(until, 105 * MIN, 106 * MIN)).toBeNull();
  expect(reminderDue(until, 100 * MIN, 116 * MIN)).toBe(5);
  expect(reminderDue(until, 100 * MIN, 121 * MIN)).toBeNull();
});

it('lets nobody into an area under alert, not even with free hands', () => {
  const task = (over: Partial<TaskProperties> = {}) => ({ state: 'Open', warning: null, ...over }) as TaskProperties;
  expect(hindrance(task({ warning: 'Flood until 20:00' }), 0)).toBe('Warning');
  expect(hindrance(task({ state: 'Claimed' }), 0)).toBe('Taken');
  expect(hindrance(task({ state: 'Done' }), 0)).toBe('Ended');
  expect(hindrance(task(), 2)).toBe('TooMany');
  expect(hindrance(task(), 1)).toBeNull();
});
