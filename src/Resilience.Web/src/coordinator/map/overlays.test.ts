import { expect, it } from 'vitest';
import { hitLayers, overlays } from './overlays';
import { severities } from '../../shared/severity';
import type { Palette } from './palette';

const ramp = { fill: '#111111', onFill: '#ffffff', outline: '#222222' };
const palette = new Proxy({ severity: Object.fromEntries(severities.map((s) => [s, ramp])) }, { get: (target, name) => (name === 'severity' ? target.severity : '#333333') }) as unknown as Palette;

it('draws alerts above incidents above gauges above posts', () => {
  const ids = overlays(palette).map((l) => l.id);
  const at = (id: string): number => ids.indexOf(id);
  const order = ['posts-point', 'stations-cup', 'incidents-lesser', 'incidents-bubble', 'alerts-badge'].map(at);
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

it('every layer that is asked for clicks is drawn', () => {
  const ids = overlays(palette).map((l) => l.id);
  expect(hitLayers.filter((id) => !ids.includes(id))).toEqual([]);
});
