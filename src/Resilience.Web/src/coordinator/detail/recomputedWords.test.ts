import { expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
const { recomputedWords } = await import('./recomputedWords');

it('says whether it came out the same, what did not, and why it cannot be told', () => {
  expect(recomputedWords({ same: true, why: null, differs: [], readings: 24 })).toBe('Reckoned again from the 24 readings, thresholds and ratings kept with it: the same, bit for bit.');
  expect(recomputedWords({ same: false, why: null, differs: ['summary', 'level'], readings: 24 })).toContain('otherwise: summary, level.');
  expect(recomputedWords({ same: null, why: 'Version 0 made it.', differs: [], readings: 0 })).toBe('It cannot be reckoned again. Version 0 made it.');
});
