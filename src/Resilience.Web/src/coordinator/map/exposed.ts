import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { textFont } from './basemap';
import type { Palette } from './palette';

/** Critical sites and roads: reference, not news. They lie in tiles and under everything that is alive. */
export const exposedSource = (origin: string): SourceSpecification => ({ type: 'vector', url: `${origin}/risk/tiles/exposure.json` });

/** One letter each, as on street signs; what has none of its own is a dot. */
export const siteLetters: Record<string, string> = { Hospital: 'H', Clinic: '+', School: 'S', Shelter: '⌂', Bridge: '≍', Airport: '✈' };

export const exposedLayers = (p: Palette): (LayerSpecification & { source: 'exposed' })[] => [
  { id: 'exposed-roads', source: 'exposed', 'source-layer': 'roads', type: 'line', layout: { 'line-cap': 'round' }, paint: { 'line-color': p.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 5, 0.6, 12, ['match', ['get', 'class'], ['motorway', 'trunk', 'primary'], 4, ['secondary', 'tertiary'], 2.5, 1.5]] } },
  { id: 'exposed-sites', source: 'exposed', 'source-layer': 'sites', type: 'circle', paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 6, 5, 10, 9], 'circle-color': p.surface, 'circle-stroke-color': p.control, 'circle-stroke-width': 1.5 } },
  { id: 'exposed-letters', source: 'exposed', 'source-layer': 'sites', type: 'symbol', minzoom: 7, layout: { 'text-field': ['match', ['get', 'kind'], ...Object.entries(siteLetters).flat(), '•'] as unknown as string, 'text-font': textFont, 'text-size': ['interpolate', ['linear'], ['zoom'], 7, 9, 10, 12], 'text-allow-overlap': true }, paint: { 'text-color': p.text } },
  { id: 'exposed-names', source: 'exposed', 'source-layer': 'sites', type: 'symbol', minzoom: 11, layout: { 'text-field': ['get', 'name'], 'text-font': textFont, 'text-size': 11, 'text-anchor': 'top', 'text-offset': [0, 1], 'text-max-width': 9 }, paint: { 'text-color': p.label, 'text-halo-color': p.halo, 'text-halo-width': 1.5 } },
];

/** How many sites of each kind are drawn in the view, the most important first; tiles repeat a site at their edges. */
export function countSites(drawn: { properties: Record<string, unknown> }[]): { kind: string; count: number }[] {
  const kinds = new Map<string, Set<string>>();
  for (const { properties } of drawn) {
    const kind = String(properties['kind'] ?? '');
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(String(properties['id'])));
  }
  const order = Object.keys(siteLetters);
  const rank = (kind: string): number => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return [...kinds].map(([kind, ids]) => ({ kind, count: ids.size })).sort((a, b) => rank(a.kind) - rank(b.kind) || a.kind.localeCompare(b.kind));
}
