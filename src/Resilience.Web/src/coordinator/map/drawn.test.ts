// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
const { fold, nothingPending, toUpdate, drawIncident } = await import('./drawn');
const diff = (upserted: string[], removed: string[], replaced = false) => ({ upserted, removed, replaced });
const point = { type: 'Point', coordinates: [0, 0] } as GeoJSON.Point;
const drawn = (id: string) => ({ type: 'Feature' as const, geometry: point, properties: { id, worst: 0, name: id } });

describe('changes for the map', () => {
  it('send each feature once however often it changed', () => {
    const pending = fold(fold(nothingPending(), diff(['a'], [])), diff(['a', 'b'], []));
    expect(toUpdate(pending, drawn)).toEqual({ remove: [], add: [drawn('a'), drawn('b')] });
  });
  it('do not send what came and went between two beats, but remove it in case it was there before', () => {
    const pending = fold(fold(nothingPending(), diff(['a'], [])), diff([], ['a']));
    expect(toUpdate(pending, drawn)).toEqual({ remove: ['a'], add: [] });
  });
  it('forget everything before a new snapshot', () => {
    const pending = fold(fold(nothingPending(), diff(['old'], ['older'])), diff(['new'], [], true));
    expect(toUpdate(pending, drawn)).toEqual({ removeAll: true, remove: [], add: [drawn('new')] });
  });
  it('remove what can no longer be drawn', () => {
    expect(toUpdate(fold(nothingPending(), diff(['a'], [])), () => null)).toEqual({ remove: ['a'], add: [] });
  });
  it('leave a rejected incident off the map', () => {
    const incident = { id: 'i', kind: 'flood', title: 't', place: null, reports: 1, origins: 1, severity: 'Severe' as const, first: '', last: '', radiusKm: 1, exercise: false };
    expect(drawIncident({ ...incident, state: 'Rejected' }, point)).toBeNull();
    expect(drawIncident({ ...incident, state: 'Unverified' }, point)!.properties.icon).toBe('incident-Unverified-Severe');
  });
});
