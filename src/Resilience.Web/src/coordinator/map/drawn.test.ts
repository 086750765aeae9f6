// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
const { fold, nothingPending, toUpdate, drawIncident, drawGauge, gaugeLook, listInView } = await import('./drawn');
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

describe('the legend', () => {
  const at = (id: string, lon: number, lat: number) => ({ ...drawn(id), geometry: { type: 'Point', coordinates: [lon, lat] } as GeoJSON.Point });
  it('counts what lies in the view, also where the map has no room to draw it', () => {
    const crowd = Array.from({ length: 500 }, (_, i) => at(`g${i}`, 1, 1));
    expect(listInView([...crowd, at('outside', 50, 50)], [0, 0, 10, 10])).toHaveLength(500);
  });
  it('counts an area that reaches into the view from outside', () => {
    const valley = { ...drawn('valley'), geometry: { type: 'LineString', coordinates: [[-5, 5], [5, 5]] } as GeoJSON.LineString };
    expect(listInView([valley], [0, 0, 10, 10])).toHaveLength(1);
  });
});

describe('a gauge on the map', () => {
  const station = { name: 'Lake', value: 6.95, unit: 'm', time: '2026-11-23T05:56:00Z', trendPerHour: 0.7, exercise: false };
  const gauge = (part: object) => ({ id: 'a', station, assessment: null, level: 'Major', judged: true, silent: false, age: 'fresh', position: [90, 28], ...part }) as unknown as Parameters<typeof gaugeLook>[0];
  it('looks different once it has fallen silent, so that it is drawn again without a message', () => {
    expect(gaugeLook(gauge({ silent: true }))).not.toBe(gaugeLook(gauge({})));
  });
  it('that never sent a value says so instead of naming a silence', () => {
    expect(drawGauge(gauge({ level: 'None' }))?.properties.icon).toBe('cup-None');
    expect(drawGauge(gauge({ level: 'None', judged: false }))?.properties).toMatchObject({ icon: 'cup-unjudged', judged: false });
    expect(drawGauge(gauge({ level: 'None', judged: false, silent: true }))?.properties.icon).toBe('cup-silent');
    expect(gaugeLook(gauge({ level: 'None', judged: false }))).not.toBe(gaugeLook(gauge({ level: 'None' })));
    expect(drawGauge(gauge({ silent: true, station: { ...station, time: null, value: null } }))?.properties.label).toBe('no value yet');
  });
});
