import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Palette } from './palette';

/** CSS families: text is drawn on this device, no glyph files and no other host. */
export const textFont = ['system-ui', 'Segoe UI', 'Roboto', 'Noto Sans', 'Noto Sans Devanagari', 'Noto Serif Tibetan', 'sans-serif'];

/** Grey ground: nothing on it has a hue, so that colour always means "look". No glyphs address on purpose. */
export function basemapStyle(p: Palette, origin: string): StyleSpecification {
  const layer = (id: string, type: 'fill' | 'line', paint: object, more: object = {}): LayerSpecification =>
    ({ id: `base-${id}`, type, source: 'base', 'source-layer': id, paint, ...more }) as LayerSpecification;
  return {
    version: 8,
    sources: { base: { type: 'vector', tiles: [`${origin}/risk/basemap/{z}/{x}/{y}.mvt`], minzoom: 0, maxzoom: 8 } },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': p.water } },
      layer('land', 'fill', { 'fill-color': p.land }),
      layer('glaciers', 'fill', { 'fill-color': p.glacier }),
      layer('lakes', 'fill', { 'fill-color': p.water }),
      layer('rivers', 'line', { 'line-color': p.river, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.4, 9, 2] }),
      layer('admin1', 'line', { 'line-color': p.admin, 'line-width': 0.8 }, { minzoom: 4 }),
      layer('borders', 'line', { 'line-color': p.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 1, 0.5, 6, 1.2], 'line-dasharray': [3, 2] }),
      {
        id: 'base-places', type: 'symbol', source: 'base', 'source-layer': 'places', minzoom: 3,
        // Few names far out: rank counts up from world cities.
        filter: ['<=', ['coalesce', ['get', 'rank'], 5], ['step', ['zoom'], 2, 4, 3, 5, 5, 6, 7, 7, 9, 9, 20]],
        layout: {
          'text-field': ['get', 'name'], 'text-font': textFont, 'text-size': ['interpolate', ['linear'], ['zoom'], 3, 11, 9, 14],
          'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'population'], 0]], 'text-padding': 6,
        },
        paint: { 'text-color': p.label, 'text-halo-color': p.halo, 'text-halo-width': 1.5 },
      },
    ],
  };
}
