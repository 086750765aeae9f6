import { describe, expect, it } from 'vitest';
import { severityRank } from '../../shared/severity';
import { noticeFrom } from './notice';

const payload = (over: object = {}) => JSON.stringify({
  web_push: 8030, kind: 'alert', alert: 'a1', thread: 't1', severity: 'Severe', status: 'Actual',
  notification: { title: 'Flood – act now', body: 'Move uphill now.', navigate: 'https://elsewhere.example/', tag: 't1', lang: 'en', dir: 'ltr' }, ...over,
});
const neverSeen = () => Infinity;

describe('a push message becomes a notification', () => {
  it('one per thread, opening the alert inside this face whatever the payload says', () => {
    expect(noticeFrom(payload(), neverSeen)).toMatchObject({ title: 'Flood – act now', body: 'Move uphill now.', tag: 't1', path: '/citizen/#/alert/a1', lang: 'en', requireInteraction: true });
  });

  it('sounds when new and when it got worse, and stays silent when it did not', () => {
    const seen = (severity: 'Extreme' | 'Severe' | 'Moderate') => () => severityRank(severity);
    expect([neverSeen, seen('Moderate'), seen('Severe'), seen('Extreme')].map(last => noticeFrom(payload(), last).renotify)).toEqual([true, true, false, false]);
  });

  it('names an exercise first, once', () => {
    expect(noticeFrom(payload({ status: 'Exercise' }), neverSeen).title).toBe('EXERCISE – Flood – act now');
    expect(noticeFrom(payload({ status: 'Exercise', notification: { title: 'EXERCISE – Flood', body: '' } }), neverSeen).title).toBe('EXERCISE – Flood');
  });

  it.each([null, '', '{', '"x"', 'null', '{"alert":"../../evil"}'])('shows something even for %s', raw => {
    const notice = noticeFrom(raw, neverSeen);
    expect(notice.title).not.toBe('');
    expect(notice.path).toBe('/citizen/');
    expect(notice.renotify).toBe(true);
  });

  it('leads a test to the self-check', () => expect(noticeFrom(payload({ kind: 'test', alert: null, thread: null }), neverSeen).path).toBe('/citizen/#/notices'));
});
