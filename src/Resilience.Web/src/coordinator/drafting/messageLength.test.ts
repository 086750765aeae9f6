import { describe, expect, it } from 'vitest';
import { cellBroadcastMost, cut, smsLength } from './messageLength';

describe('a message', () => {
  it('in plain letters has 160 in one part and 153 in each of several', () => {
    expect(smsLength('a'.repeat(160)).parts).toBe(1);
    expect(smsLength('a'.repeat(161)).parts).toBe(2);
    expect(smsLength('a'.repeat(307)).parts).toBe(3);
  });
  it('counts a euro sign twice', () => expect(smsLength('€').used).toBe(2));
  it('with one other letter has 70', () => {
    expect(smsLength(`${'a'.repeat(70)}`).parts).toBe(1);
    expect(smsLength(`${'a'.repeat(70)}བ`)).toEqual({ used: 71, gsm7: false, parts: 2 });
  });
  it('of cell broadcast holds less in other scripts', () => expect([cellBroadcastMost('Flood'), cellBroadcastMost('बाढी')]).toEqual([1395, 615]));
  it('is cut at a word', () => expect(cut('Move uphill now please', 18)).toBe('Move uphill now…'));
});
