import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef } from 'preact/hooks';
import { boundsOf } from '../map/geometry';
import { isDark } from '../state/theme';
import { words } from '../words';

interface Place { name: string; at: [number, number] }

/** Where the stations would stand. Tells how many stand in the sea, as far as a coarse coast can tell. */
export function TrialMap({ places, onSea }: { places: Place[]; onSea(count: number): void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    let made: MapLibreMap | null = null;
    void Promise.all([import('maplibre-gl'), import('../map/basemap'), import('../map/palette'), import('../map/MapBoard')]).then(([maplibre, basemap, colours]) => {
      if (gone || !box.current) return;
      const palette = colours.readPalette(isDark.peek());
      const bounds = boundsOf([{ type: 'MultiPoint', coordinates: places.map((p) => p.at) }])!;
      const map = new maplibre.Map({
        container: box.current, style: basemap.basemapStyle(palette, location.origin), attributionControl: false, dragRotate: false, touchPitch: false, maxZoom: 13, bounds, fitBoundsOptions: { padding: 40, maxZoom: 6 },
      });
      made = map;
      map.on('error', () => undefined);
      // A tile of mere sea holds nothing, which is not the same as a tile that did not come.
      let ground = false;
      map.on('sourcedata', (e) => { ground ||= e.sourceId === 'base' && (e.tile as { state?: string } | undefined)?.state === 'loaded'; });
      map.on('load', () => {
        map.addSource('places', { type: 'geojson', data: { type: 'FeatureCollection', features: places.map((p) => ({ type: 'Feature', properties: { name: p.name }, geometry: { type: 'Point', coordinates: p.at } })) } });
        map.addLayer({ id: 'places', type: 'circle', source: 'places', paint: { 'circle-radius': 6, 'circle-color': palette.accent, 'circle-stroke-color': palette.surface, 'circle-stroke-width': 2 } });
        if (places.length <= 12) map.addLayer({ id: 'names', type: 'symbol', source: 'places', layout: { 'text-field': ['get', 'name'], 'text-font': basemap.textFont, 'text-size': 12, 'text-anchor': 'top', 'text-offset': [0, 0.8] }, paint: { 'text-color': palette.text, 'text-halo-color': palette.surface, 'text-halo-width': 2 } });
        map.once('idle', () => {
          if (gone || !ground) return;
          onSea(places.filter((p) => map.queryRenderedFeatures(map.project(p.at), { layers: ['base-land'] }).length === 0).length);
        });
      });
    }).catch(() => undefined);
    return () => {
      gone = true;
      made?.remove();
    };
  }, []);
  return <div ref={box} class="sketch-map trial-map" role="img" aria-label={words.feedTrial.map(places.length)} />;
}
