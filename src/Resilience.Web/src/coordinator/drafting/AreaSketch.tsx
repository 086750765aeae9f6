import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'preact/hooks';
import { boundsOf } from '../map/geometry';
import { isDark } from '../state/theme';
import { words } from '../words';

const t = words.draft;
type At = [number, number];

interface SketchProps { area: GeoJSON.Geometry; drawing?: boolean; onDrawn?(area: GeoJSON.Polygon): void; onCentre?: ((at: At) => void) | undefined }

/** A small map of the area. With `drawing`, clicks are corners; with `onCentre`, a click moves the circle. */
export function AreaSketch({ area, drawing = false, onDrawn, onCentre }: SketchProps) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibreMap | null>(null);
  const [corners, setCorners] = useState<At[] | null>(null);
  const click = useRef<(at: At) => void>(() => undefined);
  const shown: GeoJSON.Geometry = corners && corners.length > 0 ? (corners.length > 2 ? close(corners) : { type: 'MultiPoint', coordinates: corners }) : area;
  const latest = useRef(shown);
  latest.current = shown;
  click.current = (at) => {
    if (corners) setCorners([...corners, at]);
    else onCentre?.(at);
  };
  useEffect(() => {
    let gone = false;
    void Promise.all([import('maplibre-gl'), import('../map/basemap'), import('../map/palette'), import('../map/MapBoard')]).then(([maplibre, basemap, colours]) => {
      if (gone || !box.current) return;
      const palette = colours.readPalette(isDark.peek());
      const made = new maplibre.Map({ container: box.current, style: basemap.basemapStyle(palette, location.origin), attributionControl: false, dragRotate: false, touchPitch: false, maxZoom: 13 });
      map.current = made;
      made.on('error', () => undefined);
      made.on('load', () => {
        made.addSource('area', { type: 'geojson', data: latest.current });
        made.addLayer({ id: 'fill', type: 'fill', source: 'area', paint: { 'fill-color': palette.accent, 'fill-opacity': 0.18 } });
        made.addLayer({ id: 'line', type: 'line', source: 'area', paint: { 'line-color': palette.accent, 'line-width': 2.5 } });
        made.addLayer({ id: 'corner', type: 'circle', source: 'area', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 5, 'circle-color': palette.accent } });
        frame(made, latest.current);
      });
      made.on('click', (e) => click.current(e.lngLat.toArray()));
    }).catch(() => undefined);
    return () => {
      gone = true;
      map.current?.remove();
      map.current = null;
    };
  }, []);
  useEffect(() => {
    map.current?.getSource<GeoJSONSource>('area')?.setData(shown);
    if (!corners && map.current) frame(map.current, shown);
  }, [JSON.stringify(shown)]);
  return (
    <div class="sketch">
      <div ref={box} class={corners ? 'sketch-map drawing' : 'sketch-map'} role="img" aria-label={words.alert.area} />
      {drawing && (
        <p class="actions">
          {corners ? (
            <>
              <span class="muted">{t.drawHint} {t.corners(corners.length)}</span>
              <button type="button" disabled={corners.length < 3} onClick={() => { onDrawn?.(close(corners)); setCorners(null); }}>{t.finishDraw}</button>
              <button type="button" class="plain" onClick={() => setCorners([])}>{t.clearDraw}</button>
              <button type="button" class="plain" onClick={() => setCorners(null)}>{words.cancel}</button>
            </>
          ) : <button type="button" onClick={() => setCorners([])}>{t.startDraw}</button>}
        </p>
      )}
    </div>
  );
}

const close = (corners: At[]): GeoJSON.Polygon => ({ type: 'Polygon', coordinates: [[...corners, corners[0]!].map(([x, y]) => [Number(x.toFixed(5)), Number(y.toFixed(5))])] });

function frame(map: MapLibreMap, area: GeoJSON.Geometry): void {
  const bounds = boundsOf([area]);
  if (bounds) map.fitBounds(bounds, { padding: 24, maxZoom: 11, animate: false });
}
