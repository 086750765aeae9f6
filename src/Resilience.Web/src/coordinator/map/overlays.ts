import type { ExpressionSpecification, GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl';
import { severities } from '../../shared/severity';
import { textFont } from './basemap';
import type { SourceName } from './drawn';
import type { Palette } from './palette';

export const overlaySource = (name: SourceName): GeoJSONSourceSpecification => ({
  type: 'geojson', promoteId: 'id', data: { type: 'FeatureCollection', features: [] }, buffer: name === 'zones' || name === 'alerts' || name === 'extents' || name === 'density' ? 64 : 0, maxzoom: 12,
  ...(name === 'posts' ? { cluster: true, clusterRadius: 48, clusterMaxZoom: 11 } : {}),
});

/** Drawn from below to above; `of` is the source whose switch turns the layer on and off. */
export type Overlay = LayerSpecification & { source: SourceName | `${SourceName}-badges` };

/** The points where an area source's badges stand. */
export const badgeSource = (name: SourceName): `${SourceName}-badges` => `${name}-badges`;

export function overlays(p: Palette): Overlay[] {
  const by = (pick: (s: (typeof severities)[number]) => string): ExpressionSpecification =>
    ['match', ['get', 'severity'], ...severities.flatMap((s) => [s, pick(s)]), p.control] as unknown as ExpressionSpecification;
  const selected = (yes: unknown, no: unknown): ExpressionSpecification => ['case', ['boolean', ['feature-state', 'selected'], false], yes, no] as ExpressionSpecification;
  // Words are placed in this order and the first win; symbols that may overlap are drawn in order and the last is on top.
  const worstFirst = { 'symbol-sort-key': ['-', 0, ['get', 'worst']] } as object;
  // Far out, what is below minor flood or silent shrinks; whatever is worse keeps its size and stays on top.
  const farOut = ['interpolate', ['linear'], ['zoom'], 2, ['case', ['>=', ['get', 'worst'], 3], 0.9, 0.3], 7, ['case', ['>=', ['get', 'worst'], 3], 1, 0.7], 9, 1];
  // Words for what needs a person from afar; action stages and silent gauges are named close up, else they bury the map.
  const named = ['all', ['!=', ['coalesce', ['get', 'label'], ''], ''], ['step', ['zoom'], ['>=', ['get', 'worst'], 3], 8, ['>=', ['get', 'worst'], 2], 10, true]];
  const bubble = { 'icon-image': ['get', 'icon'], 'icon-anchor': 'bottom', 'icon-offset': [0, -10] } as object;
  const outline = (id: string, source: SourceName, width: number, dashed: boolean): Overlay => ({
    id, source, type: 'line', filter: ['==', ['get', 'solid'], !dashed], layout: { 'line-join': 'round' },
    paint: { 'line-color': by((s) => p.severity[s].outline), 'line-width': width, ...(dashed ? { 'line-dasharray': [3, 2] } : {}) },
  } as Overlay);
  return [
    // How many report from where lies lowest: one hue whose strength grows with the count, and the count itself. A wide cell is an outline, the finer ones in it count apart.
    { id: 'density-fill', source: 'density', type: 'fill', layout: { 'fill-sort-key': ['get', 'fine'] }, paint: { 'fill-color': p.crowd, 'fill-opacity': ['case', ['get', 'solid'], ['match', ['get', 'tone'], 0, 0.16, 1, 0.3, 2, 0.46, 0.62], 0.04] } },
    { id: 'density-line', source: 'density', type: 'line', filter: ['==', ['get', 'solid'], true], paint: { 'line-color': selected(p.accent, p.crowd), 'line-width': selected(3, 1) } },
    { id: 'density-line-wide', source: 'density', type: 'line', filter: ['==', ['get', 'solid'], false], paint: { 'line-color': selected(p.accent, p.crowd), 'line-width': selected(3, 1), 'line-dasharray': [2, 3] } },
    { id: 'density-count', source: badgeSource('density'), type: 'symbol', filter: ['step', ['zoom'], ['all', ['!', ['get', 'solid']], ['<=', ['get', 'fine'], 7]], 5, ['<=', ['get', 'fine'], 9], 6, ['<=', ['get', 'fine'], 10], 7, true], layout: { 'text-field': ['get', 'label'], 'text-font': textFont, 'text-size': 12, 'text-padding': 4, 'symbol-sort-key': ['-', 0, ['get', 'fine']] }, paint: { 'text-color': p.text, 'text-halo-color': p.surface, 'text-halo-width': 1.5 } },
    // What a satellite saw lies under what we made of it. The dashed outline is all it looked at: beyond it nothing is known.
    { id: 'extents-frame', source: 'extents', type: 'line', filter: ['==', ['get', 'solid'], false], paint: { 'line-color': p.seen, 'line-width': selected(3, 1.5), 'line-dasharray': [4, 3] } },
    { id: 'extents-fill', source: 'extents', type: 'fill', filter: ['==', ['get', 'solid'], true], paint: { 'fill-color': p.seen, 'fill-opacity': 0.4 } },
    { id: 'extents-line', source: 'extents', type: 'line', filter: ['==', ['get', 'solid'], true], paint: { 'line-color': p.seen, 'line-width': selected(3, 1) } },
    { id: 'zones-tint', source: 'zones', type: 'fill', layout: { 'fill-sort-key': ['get', 'worst'] }, paint: { 'fill-color': by((s) => p.severity[s].fill), 'fill-opacity': 0.25 } },
    { id: 'zones-pattern', source: 'zones', type: 'fill', filter: ['!=', ['get', 'severity'], 'Unknown'], layout: { 'fill-sort-key': ['get', 'worst'] }, paint: { 'fill-pattern': ['concat', 'pattern-', ['get', 'severity']], 'fill-opacity': 0.55 } },
    // What is selected gets a rim; its severity keeps its colour.
    { id: 'zones-rim', source: 'zones', type: 'line', layout: { 'line-join': 'round' }, paint: { 'line-color': p.accent, 'line-width': selected(5, 0), 'line-opacity': selected(1, 0) } },
    outline('zones-outline', 'zones', 2.5, false),
    outline('zones-outline-possible', 'zones', 2.5, true),
    // Alerts are outlines only: two area ramps on each other cannot be read.
    { id: 'alerts-hit', source: 'alerts', type: 'fill', paint: { 'fill-color': p.text, 'fill-opacity': 0.01 } },
    { id: 'alerts-casing', source: 'alerts', type: 'line', layout: { 'line-join': 'round' }, paint: { 'line-color': selected(p.accent, p.surface), 'line-width': selected(9, 8) } },
    outline('alerts-outline', 'alerts', 5, false),
    outline('alerts-outline-possible', 'alerts', 5, true),
    { id: 'posts-cluster', source: 'posts', type: 'circle', filter: ['has', 'point_count'], paint: { 'circle-radius': ['step', ['get', 'point_count'], 11, 20, 15, 100, 19], 'circle-color': p.surface, 'circle-stroke-color': p.control, 'circle-stroke-width': 2 } },
    { id: 'posts-count', source: 'posts', type: 'symbol', filter: ['has', 'point_count'], layout: { 'text-field': ['to-string', ['get', 'point_count']], 'text-font': textFont, 'text-size': 11, 'text-allow-overlap': true }, paint: { 'text-color': p.text } },
    { id: 'posts-point', source: 'posts', type: 'circle', filter: ['!', ['has', 'point_count']], paint: { 'circle-radius': selected(8, 5), 'circle-color': p.surface, 'circle-stroke-color': selected(p.accent, p.control), 'circle-stroke-width': 2 } },
    { id: 'stations-ring', source: 'stations', type: 'circle', paint: { 'circle-radius': 19, 'circle-color': p.surface, 'circle-opacity': selected(0.9, 0), 'circle-stroke-color': p.accent, 'circle-stroke-width': selected(3, 0) } },
    { id: 'stations-cup', source: 'stations', type: 'symbol', layout: { 'icon-image': ['get', 'icon'], 'icon-size': farOut, 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'symbol-sort-key': ['get', 'worst'] } },
    { id: 'stations-label', source: 'stations', type: 'symbol', minzoom: 5, filter: named, layout: { 'text-field': ['get', 'label'], 'text-font': textFont, 'text-size': 12, 'text-anchor': 'top', 'text-offset': [0, 1.25], 'text-max-width': 14, ...worstFirst }, paint: { 'text-color': ['case', ['get', 'silent'], p.fault, p.text], 'text-halo-color': p.surface, 'text-halo-width': 2 } },
    { id: 'zones-badge', source: badgeSource('zones'), type: 'symbol', filter: ['step', ['zoom'], ['>=', ['get', 'worst'], 3], 8, true], layout: { 'icon-offset': [16, -16], 'icon-image': ['concat', 'badge-', ['get', 'severity']], 'icon-allow-overlap': true, 'symbol-sort-key': ['get', 'worst'] } },
    // Symbols from below to above: posts, gauges, incidents, alerts. A bubble stands above a gauge at the same place, and its tail points there.
    { id: 'incidents-ring', source: 'incidents', type: 'circle', paint: { 'circle-translate': [0, -23], 'circle-radius': 18, 'circle-color': p.surface, 'circle-opacity': selected(0.9, 0), 'circle-stroke-color': p.accent, 'circle-stroke-width': selected(3, 0) } },
    // Far out a lesser incident makes way for a worse one or an alert; the list and the legend count it all the same. From moderate on nothing hides one.
    { id: 'incidents-lesser', source: 'incidents', type: 'symbol', filter: ['<', ['get', 'worst'], 3], layout: { ...bubble, 'icon-overlap': ['step', ['zoom'], 'never', 9, 'always'], ...worstFirst } },
    { id: 'incidents-bubble', source: 'incidents', type: 'symbol', filter: ['>=', ['get', 'worst'], 3], layout: { ...bubble, 'icon-overlap': 'always', 'symbol-sort-key': ['get', 'worst'] } },
    { id: 'alerts-badge', source: badgeSource('alerts'), type: 'symbol', layout: { 'icon-image': ['concat', 'badge-', ['get', 'severity']], 'icon-size': 1.2, 'icon-offset': [0, -22], 'icon-allow-overlap': true, 'text-field': ['coalesce', ['get', 'label'], ''], 'text-font': textFont, 'text-size': 12, 'text-offset': [0, -3.6], 'text-optional': true, 'symbol-sort-key': ['get', 'worst'] }, paint: { 'text-color': p.text, 'text-halo-color': p.surface, 'text-halo-width': 2 } },
  ] as Overlay[];
}

/** What a click asks: symbols before areas. */
export const hitLayers = ['stations-cup', 'incidents-bubble', 'incidents-lesser', 'posts-point', 'alerts-badge', 'zones-badge', 'alerts-hit', 'zones-tint', 'extents-fill'];

/** Asked when nothing else is under the click: such a cell is background to all that lies in it. */
export const hitLast = 'density-fill';
