import { expect, it, vi } from 'vitest';
import type { RuleState, Verification, VerificationRun } from '../../shared/api';

vi.stubGlobal('navigator', { languages: ['en'] });
const { isOpen, runWords, saysNothing } = await import('./runWords');

const run: VerificationRun = {
  id: 'r', rule: 'river-stage', ruleVersion: '1', state: 'Waiting', requestedByName: 'Karma', requestedAt: '2026-11-24T01:00:00Z', endedAt: null, total: 0, done: 0, judged: 0, problem: null,
};
const rule = (of: Partial<VerificationRun> | null): RuleState => ({ name: 'river-stage', version: '1', text: '', verifiable: true, verifiedAt: null, verification: null, run: of && { ...run, ...of } });

it('says how far a verification is while it is open, and why nothing came of it after', () => {
  expect(runWords(rule({}))).toBe('Asked for by Karma; begins in a moment');
  expect(runWords(rule({ state: 'Running', total: 1200, done: 37, judged: 30 }))).toBe('37 of 1,200 gauges replayed. 30 of them had a past to judge by.');
  expect(runWords(rule({ state: 'Cancelled' }))).toContain('cancelled');
  expect(runWords(rule({ state: 'Failed', problem: 'No gauge.' }))).toBe('The last verification found nothing: No gauge.');
  expect(runWords(rule({ state: 'Done' }))).toBeNull();
  expect(runWords(rule(null))).toBeNull();
});

it('holds what waits and what runs for open', () => {
  expect([isOpen(run), isOpen({ ...run, state: 'Running' }), isOpen({ ...run, state: 'Done' }), isOpen({ ...run, state: 'Cancelled' }), isOpen(null)]).toEqual([true, true, false, false, false]);
});

it('takes a replay in which nothing happened for no proof', () => {
  const replay = (falseAlarms: number, times?: number): Verification => ({ scores: { hits: 0, misses: 0, falseAlarms }, raised: times === undefined ? null : [{ level: 'Minor', times }] }) as unknown as Verification;
  expect([replay(0), replay(0, 0), replay(1), replay(0, 1)].map(saysNothing)).toEqual([true, true, false, false]);
});
