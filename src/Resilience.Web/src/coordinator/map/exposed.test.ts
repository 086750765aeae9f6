import { expect, it } from 'vitest';
import { countSites } from './exposed';

const site = (id: string, kind: string) => ({ properties: { id, kind } });

it('a site that two tiles draw is one, and hospitals come first', () => {
  expect(countSites([site('a', 'Airport'), site('h', 'Hospital'), site('h', 'Hospital'), site('w', 'Waterworks'), site('s', 'School'), site('t', 'School')]))
    .toEqual([{ kind: 'Hospital', count: 1 }, { kind: 'School', count: 2 }, { kind: 'Airport', count: 1 }, { kind: 'Waterworks', count: 1 }]);
});
