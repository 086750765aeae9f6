import { describe, expect, it } from 'vitest';
import type { NearAlert } from '../../shared/api';
import { justEnded, mergeThreads, rememberPast, sortAlerts } from './near';

const at = Date.parse('2026-11-23T12:00:00Z');
const alert = (id: string, over: Partial<NearAlert> = {}) => ({ id, thread: id, severity: 'Severe', msgType: 'Alert', km: 5, inside: false, sent: '2026-11-23T11:00:00Z', expires: '2026-11-23T14:00:00Z', ...over }) as NearAlert;
const ids = (alerts: NearAlert[]) => alerts.map(a => a.id);

describe('what stands on Now', () => {
  it('worst first, then inside before near before far', () => {
    const { now } = sortAlerts([alert('far', { km: 9 }), alert('near', { km: 2 }), alert('in', { inside: true, km: 7 }), alert('worst', { severity: 'Extreme', km: 40 })], at);
    expect(ids(now)).toEqual(['worst', 'in', 'near', 'far']);
  });

  it('leaves at the minute it expires, with no answer from anywhere', () => {
    const one = [alert('a')];
    expect(ids(sortAlerts(one, Date.parse('2026-11-23T13:59:59Z')).now)).toEqual(['a']);
    expect(ids(sortAlerts(one, Date.parse('2026-11-23T14:00:00Z')).past)).toEqual(['a']);
  });

  it('one event is one card: the newest message of the thread', () => {
    expect(ids(mergeThreads([alert('old', { thread: 't' }), alert('new', { thread: 't', sent: '2026-11-23T11:30:00Z' })]))).toEqual(['new']);
  });
});

describe('what is remembered as past', () => {
  it('an alert the server no longer names is over, even before its time', () => {
    const past = rememberPast([alert('a')], [], at);
    expect(past).toMatchObject([{ id: 'a', expires: '2026-11-23T12:00:00.000Z' }]);
    expect(sortAlerts(past, at).now).toEqual([]);
  });

  it('an alert still in force is not past, and yesterday is forgotten after a day', () => {
    expect(rememberPast([alert('a')], [alert('a')], at)).toEqual([]);
    expect(rememberPast([alert('a')], [], Date.parse('2026-11-24T14:00:00Z'))).toEqual([]);
  });
});

it('a warning that ended within six hours is told of, the newest first, and an older one is not', () => {
  const now = Date.parse('2026-11-23T14:00:00Z');
  const ended = (id: string, expires: string) => ({ id, expires }) as Parameters<typeof justEnded>[0][number];
  expect(justEnded([ended('old', '2026-11-23T07:00:00Z'), ended('a', '2026-11-23T12:00:00Z'), ended('b', '2026-11-23T13:00:00Z')], now)?.id).toBe('b');
  expect(justEnded([ended('old', '2026-11-23T07:00:00Z')], now)).toBeNull();
});
