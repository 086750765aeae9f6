// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { NearAlert } from '../shared/api';
import { sharedText, spokenText, withoutFrame } from './alertText';

const alert = {
  status: 'Exercise', areaDesc: 'Punakha', onset: null, expires: '2026-11-23T12:28:00Z', url: '/alerts/1',
  text: { language: 'en', headline: 'EXERCISE – FLOOD: Punakha – EXERCISE', description: 'EXERCISE – Water comes. – EXERCISE', instruction: 'EXERCISE – MOVE uphill. – EXERCISE' },
} as unknown as NearAlert;
const times = (text: string) => text.match(/EXERCISE/g)?.length;

describe('a drill’s texts', () => {
  it('lose the frame where the page already carries the word', () => expect(withoutFrame('EXERCISE – MOVE uphill now. – EXERCISE')).toBe('MOVE uphill now.'));
  it('are left alone when nothing frames them', () => expect(withoutFrame('This is an EXERCISE in calm.')).toBe('This is an EXERCISE in calm.'));
  it('say EXERCISE first and last, and no more often, when they are shared or read aloud', () => {
    expect(sharedText(alert)).toMatch(/^EXERCISE – FLOOD: Punakha MOVE uphill\. .* – EXERCISE$/);
    expect(spokenText(alert)).toBe('EXERCISE. FLOOD: Punakha. Water comes. Punakha. MOVE uphill. EXERCISE.');
    expect([times(sharedText(alert)), times(spokenText(alert))]).toEqual([2, 2]);
  });
});
