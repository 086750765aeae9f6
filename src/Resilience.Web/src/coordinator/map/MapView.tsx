import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { chainNow } from '../../shared/chainClock';
import { connected } from '../state/session';
import { gauges, gaugesById, toGauge } from '../state/gauges';
import { alerts, assessments, density, drafts, extents, find, incidents, newest, onLayerChange, posts, stations, zones } from '../state/layers';
import { forecasts } from '../state/moment';
import { picture } from '../state/picture';
import { isDark } from '../state/theme';
import { revealOnMap, select, selection, type Kind, type Selection } from '../state/selection';
import { words } from '../words';
import { Chooser } from './Chooser';
import { drawAlert, drawDensity, drawExtent, drawGauge, drawIncident, drawPost, drawZone, fold, gaugeLook, listInView, nothingPending, sourceNames, toUpdate, type Drawn, type Pending, type SourceName } from './drawn';
import { boundsOf, nearestInDirection, type Bounds } from './geometry';
import { HoverTip } from './HoverTip';
import { LayerPanel } from './LayerPanel';
import { Legend } from './Legend';
import type { MapBoard } from './MapBoard';
import { chooser, drawing, exposedShown, hover, inView, layersOpen, sitesInView, spoken, visible } from './state';

const sourceOf: Partial<Record<Kind, SourceName>> = { station: 'stations', zone: 'zones', alert: 'alerts', incident: 'incidents', post: 'posts', extent: 'extents', density: 'density' };
export const kindOf: Record<SourceName, Kind> = { stations: 'station', zones: 'zone', alerts: 'alert', incidents: 'incident', posts: 'post', extents: 'extent', density: 'density' };
const sourcesOfLayer: Record<string, SourceName> = {
  [stations.name]: 'stations', [assessments.name]: 'stations', [zones.name]: 'zones', [alerts.name]: 'alerts', [incidents.name]: 'incidents', [posts.name]: 'posts', [extents.name]: 'extents', [density.name]: 'density',
};
const drawOne: Record<SourceName, (id: string) => Drawn | null> = {
  // From the newest known, not from the lists: those follow half a second later, and the map would keep what it drew before.
  stations: (id) => { const f = newest(stations).features.get(id); return f ? drawGauge(toGauge(id, f.properties, newest(assessments).features.get(id)?.properties ?? null, f.geometry, chainNow()), forecasts.peek().get(id)) : null; },
  zones: (id) => { const f = newest(zones).features.get(id); return f ? drawZone(f.properties, f.geometry) : null; },
  alerts: (id) => { const f = newest(alerts).features.get(id); return f ? drawAlert(f.properties, f.geometry) : null; },
  incidents: (id) => { const f = newest(incidents).features.get(id); return f ? drawIncident(f.properties, f.geometry) : null; },
  extents: (id) => { const f = newest(extents).features.get(id); return f ? drawExtent(f.properties, f.geometry) : null; },
  density: (id) => { const f = newest(density).features.get(id); return f ? drawDensity(f.properties, f.geometry) : null; },
  posts: (id) => { const f = newest(posts).features.get(id); return f ? drawPost(f.properties, f.geometry) : null; },
};
const idsOf: Record<SourceName, () => Iterable<string>> = {
  stations: () => newest(stations).features.keys(), zones: () => newest(zones).features.keys(), alerts: () => newest(alerts).features.keys(),
  incidents: () => newest(incidents).features.keys(), posts: () => newest(posts).features.keys(), extents: () => newest(extents).features.keys(),
  density: () => newest(density).features.keys(),
};
const allData = (source: SourceName): Drawn[] => [...idsOf[source]()].map((id) => drawOne[source](id)).filter((f): f is Drawn => f !== null);

/** Once a second: fifty updates a second on the wire become one redraw. */
const beatMs = 1000;

export function MapView() {
  const container = useRef<HTMLDivElement>(null);
  const board = useRef<MapBoard | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const ends: (() => void)[] = [];
    let gone = false;
    const pending = new Map<SourceName, Pending>();
    ends.push(onLayerChange((layer, diff) => {
      const source = sourcesOfLayer[layer];
      // Stations come from two layers: a replaced assessment layer must not empty the map of stations.
      if (source) pending.set(source, fold(pending.get(source) ?? nothingPending(), layer === assessments.name ? { replaced: false, upserted: [...diff.upserted, ...diff.removed], removed: [] } : diff));
    }));
    void import('./MapBoard').then(({ MapBoard: Board }) => {
      if (gone || !container.current) return;
      const made = new Board(container.current, isDark.value, {
        onHit: (hits, at) => {
          chooser.value = hits.length > 1 ? { hits, x: at.x, y: at.y, size: made.size() } : null;
          if (hits.length === 1) select({ kind: kindOf[hits[0]!.source], id: hits[0]!.id }, 'map');
          if (hits.length === 0) select(null, 'map');
        },
        onHover: (hit, at) => (hover.value = hit ? { hit, x: at.x, y: at.y, size: made.size() } : null),
        onMove: () => {
          const box = made.bounds();
          inView.value = Object.fromEntries(sourceNames.map((s) => [s, visible.value[s] ? listInView(allData(s), box) : []])) as typeof inView.value;
          sitesInView.value = made.sitesInView();
        },
        onDrawClick: (at) => {
          if (!drawing.value) return false;
          drawing.value = { corners: [...drawing.value.corners, at] };
          return true;
        },
        allData,
      });
      board.current = made;
      // Gauges age by themselves: one that falls silent must look it without a word from the server.
      let looks = new Map<string, string>();
      ends.push(effect(() => {
        const next = new Map(gauges.value.map((g) => [g.id, gaugeLook(g)]));
        const changed = [...next].filter(([id, look]) => looks.get(id) !== look).map(([id]) => id);
        if (changed.length > 0) pending.set('stations', fold(pending.get('stations') ?? nothingPending(), { replaced: false, upserted: changed, removed: [] }));
        looks = next;
      }));
      const beat = setInterval(() => {
        for (const [source, change] of pending) made.update(source, toUpdate(change, drawOne[source]));
        pending.clear();
      }, beatMs);
      ends.push(() => clearInterval(beat), effect(() => made.setDark(isDark.value)), effect(() => markSelected(made, selection.value)),
        // A choice made anywhere answers the question the chooser asked.
        effect(() => { void selection.value; chooser.value = null; }),
        revealOnce(made), effect(() => sourceNames.forEach((s) => made.setVisible(s, visible.value[s]))), effect(() => made.showExposed(exposedShown.value)), firstView(made));
    }).catch(() => setFailed(true));
    return () => {
      gone = true;
      ends.forEach((end) => end());
      board.current?.remove();
      board.current = null;
    };
  }, []);

  if (failed) return <section class="map no-map" aria-label={words.map.name}><p>{words.map.noWebGl}</p></section>;
  const view = inView.value;
  return (
    <section class={connected.value ? 'map' : 'map map-old'} role="region" aria-label={words.map.name} onKeyDown={(e) => board.current && jump(board.current, e)}>
      <a class="skip" href="#work-list">{words.skipToList}</a>
      <div ref={container} class="map-canvas" />
      <p id="map-summary" class="visually-hidden">{words.map.summary(view.stations.filter((s) => s.severity).length, view.zones.length, view.alerts.length)}</p>
      <p class="visually-hidden" aria-live="polite">{spoken.value}</p>
      <div class="map-buttons">
        <button type="button" aria-label={words.map.zoomIn} onClick={() => board.current?.zoom(1)}>+</button>
        <button type="button" aria-label={words.map.zoomOut} onClick={() => board.current?.zoom(-1)}>−</button>
        <button type="button" aria-label={words.map.home} title={words.map.home} onClick={() => board.current && home(board.current)}>⌂</button>
      </div>
      <button type="button" class="layers-button" aria-expanded={layersOpen.value} onClick={() => (layersOpen.value = !layersOpen.value)}>{words.map.layers}</button>
      {layersOpen.value && <LayerPanel onOpacity={(s, o) => board.current?.setOpacity(s, o)} onGoTo={(box) => board.current?.fit(box)} />}
      <Legend />
      <p class="map-credit">{words.map.baseCredit}</p>
      <HoverTip />
      <Chooser />
    </section>
  );
}

function home(board: MapBoard): void {
  const box = boundsOf([...allData('stations'), ...allData('zones'), ...allData('alerts')].map((f) => f.geometry));
  if (box) board.fit(box);
}

/** The first whole picture is framed once; after that only a person moves the map. */
function firstView(board: MapBoard): () => void {
  let done = false;
  return effect(() => {
    if (done || picture.value !== 'whole' || gaugesById.value.size === 0) return;
    done = true;
    if (!revealOnMap.peek()) home(board);
  });
}

function markSelected(board: MapBoard, s: Selection | null): void {
  const source = s && sourceOf[s.kind];
  board.select(source ? { source, id: s.id } : null);
}

/**
 * Brings each choice into view once, as soon as its place is known. Not again when a layer changes: whoever has moved the map away since
 * wants it there.
 */
function revealOnce(board: MapBoard): () => void {
  let done: Selection | null = null;
  return effect(() => {
    const s = revealOnMap.value;
    if (s !== done && reveal(board, s)) done = s;
  });
}

/** False while the place is not known yet. */
function reveal(board: MapBoard, s: Selection | null): boolean {
  if (!s || s.kind === 'feed') return true;
  const source = sourceOf[s.kind];
  const drawn = source && drawOne[source](s.id);
  // A draft is not on the map, but its area is a place.
  const geometry = s.kind === 'draft' ? find(drafts, s.id)?.geometry : drawn?.geometry;
  const box: Bounds | null = geometry ? boundsOf([geometry]) : null;
  if (box) board.reveal(box);
  return box !== null;
}

/** Alt+arrow: the nearest thing in that direction, named aloud. */
function jump(board: MapBoard, e: KeyboardEvent): void {
  if (!e.altKey || !e.key.startsWith('Arrow')) return;
  e.preventDefault();
  e.stopPropagation();
  const points = sourceNames.flatMap((source) => (visible.value[source] ? allData(source) : []).map((f) => {
    const box = boundsOf([f.geometry])!;
    return { source, id: f.properties.id, name: `${f.properties.name} ${f.properties.label ?? ''}`, ...board.project([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]) };
  }));
  const canvas = board.map.getCanvas();
  const current = points.find((p) => selection.value && sourceOf[selection.value.kind] === p.source && selection.value.id === p.id);
  const next = nearestInDirection(current ?? { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }, points, e.key);
  if (!next) return;
  select({ kind: kindOf[next.source], id: next.id });
  spoken.value = words.map.jumped(next.name);
}
