// A small picture of one area, loaded only when a person asked for it. The words beside it say the same.
import { AttributionControl, LngLatBounds, Map as MapView, Marker, NavigationControl, ScaleControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { CapSeverity } from '../api';
import type { Position } from './position';

export interface SmallMap {
  area?: { geometry: GeoJSON.Geometry; severity: CapSeverity };
  /** The person's place: a ring. */
  you?: Position | null;
  /** The thing itself: a filled drop. */
  target?: Position | null;
}

const ground = {
  light: { land: '#e6e8ea', water: '#d3d8dc', border: '#8a939b', label: '#4a525a', halo: '#e6e8ea', ice: '#f1f3f4' },
  dark: { land: '#22272c', water: '#191d21', border: '#6b757f', label: '#b4bdc5', halo: '#22272c', ice: '#2b3137' },
};

/** Resolves when the map is drawn; rejects when this phone cannot draw one. */
export function showSmallMap(holder: HTMLElement, what: SmallMap): Promise<void> {
  setWorkerUrl(workerUrl);
  return new Promise((resolve, reject) => {
    const map = new MapView({
      container: holder, style: style(), dragRotate: false, touchPitch: false, attributionControl: false, maxZoom: 12,
      ...frame(what),
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }));
    map.addControl(new ScaleControl({ unit: 'metric' }));
    map.addControl(new AttributionControl({ compact: true, customAttribution: 'Natural Earth' }));
    if (what.you != null) new Marker({ element: pin('map-you') }).setLngLat([what.you.lon, what.you.lat]).addTo(map);
    if (what.target != null) new Marker({ element: pin('map-target') }).setLngLat([what.target.lon, what.target.lat]).addTo(map);
    map.once('load', () => { drawArea(map, what); resolve(); });
    // A missing tile is a coarser picture, not a failure; only a map that never loads is.
    setTimeout(() => { if (!map.isStyleLoaded()) { map.remove(); reject(new Error('the map did not load')); } }, 20_000);
  });
}

function style(): StyleSpecification {
  const c = ground[isDark() ? 'dark' : 'light'];
  const font = { 'text-font': ['sans-serif'], 'text-size': 13 };
  return {
    version: 8,
    sources: { base: { type: 'vector', tiles: [`${location.origin}/risk/basemap/{z}/{x}/{y}.mvt`], maxzoom: 8 } },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': c.water } },
      { id: 'land', type: 'fill', source: 'base', 'source-layer': 'land', paint: { 'fill-color': c.land } },
      { id: 'ice', type: 'fill', source: 'base', 'source-layer': 'glaciers', paint: { 'fill-color': c.ice } },
      { id: 'lakes', type: 'fill', source: 'base', 'source-layer': 'lakes', paint: { 'fill-color': c.water } },
      { id: 'rivers', type: 'line', source: 'base', 'source-layer': 'rivers', paint: { 'line-color': c.border, 'line-opacity': 0.7, 'line-width': 1.2 } },
      { id: 'borders', type: 'line', source: 'base', 'source-layer': 'borders', paint: { 'line-color': c.border, 'line-dasharray': [3, 2], 'line-width': 1.2 } },
      {
        id: 'places', type: 'symbol', source: 'base', 'source-layer': 'places', layout: { 'text-field': ['get', 'name'], ...font },
        paint: { 'text-color': c.label, 'text-halo-color': c.halo, 'text-halo-width': 1.5 },
      },
    ],
  };
}

function drawArea(map: MapView, what: SmallMap): void {
  if (what.area === undefined) return;
  const css = getComputedStyle(document.documentElement);
  const name = what.area.severity.toLowerCase();
  map.addSource('area', { type: 'geojson', data: { type: 'Feature', geometry: what.area.geometry, properties: {} } });
  map.addLayer({ id: 'area', type: 'fill', source: 'area', paint: { 'fill-color': css.getPropertyValue(`--${name}`).trim(), 'fill-opacity': 0.3 } });
  map.addLayer({ id: 'area-edge', type: 'line', source: 'area', paint: { 'line-color': css.getPropertyValue(`--${name}-outline`).trim(), 'line-width': 2.5 } });
}

function frame(what: SmallMap) {
  const bounds = new LngLatBounds();
  if (what.area !== undefined) eachPoint(what.area.geometry, point => { bounds.extend(point); });
  for (const p of [what.you, what.target]) if (p != null) bounds.extend([p.lon, p.lat]);
  return bounds.isEmpty() ? {} : { bounds, fitBoundsOptions: { padding: 36, maxZoom: 10 } };
}

function eachPoint(geometry: GeoJSON.Geometry, visit: (point: [number, number]) => void): void {
  if (geometry.type === 'GeometryCollection') { geometry.geometries.forEach(g => eachPoint(g, visit)); return; }
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === 'number' && typeof part[1] === 'number') visit([part[0], part[1]]);
    else part.forEach(walk);
  };
  walk(geometry.coordinates);
}

function pin(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

function isDark(): boolean {
  const theme = document.documentElement.dataset['theme'];
  return theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}
