import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef } from 'preact/hooks';
import type { FeedTrial } from '../../shared/api';
import { boundsOf } from '../map/geometry';
import { isDark } from '../state/theme';
import { words } from '../words';

/** Where a raster lies and what would become an area: swapped axes and wrong zones show at a glance. */
export function TrialAreas({ raster }: { raster: FeedTrial['coverages'][number] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    let made: MapLibreMap | null = null;
    void Promise.all([import('maplibre-gl'), import('../map/basemap'), import('../map/palette'), import('../map/MapBoard')]).then(([maplibre, basemap, colours]) => {
      if (gone || !box.current) return;
      const palette = colours.readPalette(isDark.peek());
      const map = new maplibre.Map({
        container: box.current, style: basemap.basemapStyle(palette, location.origin), attributionControl: false, dragRotate: false, touchPitch: false, maxZoom: 13, bounds: boundsOf([raster.frame])!, fitBoundsOptions: { padding: 30 },
      });
      made = map;
      map.on('error', () => undefined);
      map.on('load', () => {
        const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry });
        map.addSource('frame', { type: 'geojson', data: feature(raster.frame) });
        map.addLayer({ id: 'frame', type: 'line', source: 'frame', paint: { 'line-color': palette.seen, 'line-width': 1.5, 'line-dasharray': [4, 3] } });
        map.addSource('areas', { type: 'geojson', data: { type: 'FeatureCollection', features: raster.extents.flatMap((e) => (e.area ? [feature(e.area)] : [])) } });
        map.addLayer({ id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': palette.seen, 'fill-opacity': 0.4 } });
      });
    }).catch(() => undefined);
    return () => {
      gone = true;
      made?.remove();
    };
  }, []);
  return <div ref={box} class="sketch-map trial-map" role="img" aria-label={words.feedTrial.areas} />;
}
