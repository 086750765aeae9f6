// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import type { DensityProperties } from '../../shared/api';

vi.stubGlobal('navigator', { languages: ['en'] });
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
const { densityTone, drawDensity, sourceNames } = await import('./drawn');
const { hitLast, hitLayers, overlays } = await import('./overlays');
const { touches } = await import('./geometry');

const square = (west: number, south: number, side: number): GeoJSON.Polygon => ({ type: 'Polygon', coordinates: [[[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]] });
const cell = (part: Partial<DensityProperties> = {}): DensityProperties => ({
  id: '11-1-1', level: 11, km: 20, atLeast: 5, atMost: 9, parts: [], since: '2026-11-23T12:00:00Z', until: '2026-11-23T18:00:00Z', windowHours: 6, exercise: false, ...part,
});

describe('the density of reports on the map', () => {
  it('says its count in words too, not by the strength of a colour alone', () => {
    expect(drawDensity(cell(), square(0, 0, 1))?.properties).toMatchObject({ id: '11-1-1', label: '5–9', tone: 0, fine: 11, solid: true });
    expect(drawDensity(cell({ atLeast: 1000, atMost: null }), square(0, 0, 1))?.properties.label).toBe('1,000+');
  });
  it('grows in strength with the count', () => {
    expect([5, 10, 20, 50, 100, 200, 500, 1000].map(densityTone)).toEqual([0, 1, 1, 2, 2, 3, 3, 3]);
  });
  it('is an outline where a cell is so wide that it says little of a place', () => {
    expect(drawDensity(cell({ level: 8 }), square(0, 0, 1))?.properties.solid).toBe(false);
  });
  it('has no severity, whatever the count, and lies below everything else', () => {
    expect(drawDensity(cell({ atLeast: 1000 }), square(0, 0, 1))?.properties).toMatchObject({ worst: 0 });
    expect(drawDensity(cell(), square(0, 0, 1))?.properties.severity).toBeUndefined();
    expect(sourceNames[0]).toBe('density');
    const ramp = { fill: '#000', onFill: '#000', outline: '#000' };
    const palette = new Proxy({}, { get: (_, name) => (name === 'severity' ? new Proxy({}, { get: () => ramp }) : '#000') }) as Parameters<typeof overlays>[0];
    const order = overlays(palette).map((l) => l.source.replace('-badges', ''));
    expect(order.lastIndexOf('density')).toBeLessThan(order.findIndex((s) => s !== 'density'));
  });
  it('gives way to whatever lies in the cell when clicked', () => {
    expect(hitLayers).not.toContain(hitLast);
  });
});

describe('areas that touch', () => {
  it('are found by a corner inside, by crossing edges, and by one lying in the other', () => {
    expect(touches(square(0, 0, 2), square(1, 1, 2))).toBe(true);
    expect(touches(square(0, 0, 10), square(4, 4, 1))).toBe(true);
    expect(touches(square(4, 4, 1), square(0, 0, 10))).toBe(true);
    expect(touches({ type: 'Polygon', coordinates: [[[-1, 0.4], [3, 0.4], [3, 0.6], [-1, 0.6], [-1, 0.4]]] }, square(0, 0, 1))).toBe(true);
  });
  it('are not found by their boxes alone', () => {
    expect(touches({ type: 'Polygon', coordinates: [[[0, 0], [10, 0], [0, 10], [0, 0]]] }, square(8, 8, 1))).toBe(false);
    expect(touches(square(0, 0, 1), square(2, 2, 1))).toBe(false);
  });
});
