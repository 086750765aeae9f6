import { expect, it, vi } from 'vitest';
import type { ThresholdSet } from '../../shared/api';

vi.stubGlobal('navigator', { languages: ['en'] });
const { doubt, standingLines } = await import('./standing');

const set: ThresholdSet = {
  datastream: 'a:stage', station: 'a', stationName: 'A', concern: 'RiverFlood', rule: 'river-stage', ruleVersion: '1', setVersion: 'x', revision: null,
  standing: 'NeverVerified', verifiedAt: null, heardDays: null, result: null, withoutHistory: null,
};
const share = { value: null, low: 0, high: 1, n: 0 };
const verified: ThresholdSet = {
  ...set, standing: 'Verified', verifiedAt: '2026-11-24T01:00:00Z', heardDays: 31.4,
  result: { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z', scores: { hits: 3, misses: 1, falseAlarms: 2, pod: share, far: share, csi: share, medianLeadHours: 2, tenthLeadHours: 1 } },
};
const without: ThresholdSet = { ...set, standing: 'WithoutHistory', withoutHistory: { reason: 'The gauge is new.', proposedBy: 'Karma', decidedBy: 'Tshering', at: '2026-11-24T01:00:00Z' } };

it('says beside the count what is least known, and nothing when all is verified', () => {
  expect(doubt([verified, without, set])).toBe('never verified');
  expect(doubt([verified, without])).toBe('in force without history');
  expect(doubt([verified])).toBeNull();
});

it('tells what the replay showed, and a decision without history even after it', () => {
  expect(standingLines(verified)).toEqual(['replayed on 31 days of readings, 2026-10-01 to 2026-11-01: 3 floods warned of, 1 missed, 2 alerts for nothing']);
  expect(standingLines({ ...verified, withoutHistory: without.withoutHistory })[0]).toBe('Karma and Tshering put them in force on 2026-11-24 though too little of the past was known: The gauge is new.');
  expect(standingLines({ ...verified, result: { from: set.setVersion, to: 'y', raised: [{ level: 'Action', times: 2, perGaugeYear: 1, shareOfTime: 0 }, { level: 'Minor', times: 0, perGaugeYear: 0, shareOfTime: 0 }] } })[0]).toMatch(/: .+ 2 times$/);
  expect(standingLines(set)).toHaveLength(1);
});
