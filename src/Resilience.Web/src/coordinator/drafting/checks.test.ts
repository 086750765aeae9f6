import { describe, expect, it } from 'vitest';
import { localChecks, mergeChecks } from './checks';

const square: GeoJSON.Polygon = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]] };
const text = { language: 'en', headline: 'Flood', description: 'Water rises.', instruction: 'Move uphill.' };
const draft = { expires: '2026-01-01T06:00:00Z', onset: null, areaDesc: 'Riverside', area: square as GeoJSON.Geometry, texts: [text] };
const now = Date.parse('2026-01-01T00:00:00Z');
const codes = (change: Partial<typeof draft>) => localChecks({ ...draft, ...change }, now).map((c) => `${c.field} ${c.code}`);

describe('while somebody writes', () => {
  it('a complete draft has nothing in its way', () => expect(codes({})).toEqual([]));
  it('an end in the past stops', () => expect(codes({ expires: '2025-12-31T00:00:00Z' })).toEqual(['expires expired']));
  it('a beginning after the end stops', () => expect(codes({ onset: '2026-01-01T07:00:00Z' } as never)).toEqual(['onset onset-after-end']));
  it('an area that crosses itself stops', () => expect(codes({ area: { type: 'Polygon', coordinates: [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]] } })).toEqual(['area area-crosses']));
  it('an alert without an action stops', () => expect(codes({ texts: [{ ...text, instruction: ' ' }] })).toEqual(['texts.en.instruction no-instruction']));
  it('a language nobody has begun does not', () => expect(codes({ texts: [text, { language: 'dz', headline: '', description: '', instruction: '' }] })).toEqual([]));
  it('a server finding that was mended here goes, others stay', () => {
    const server = [{ field: 'expires', severity: 'stop' as const, code: 'expired', message: '' }, { field: 'area', severity: 'ask' as const, code: 'area-vast', message: '' }];
    expect(mergeChecks([], server, true).map((c) => c.code)).toEqual(['area-vast']);
    expect(mergeChecks([], server, false)).toHaveLength(2);
  });
});
