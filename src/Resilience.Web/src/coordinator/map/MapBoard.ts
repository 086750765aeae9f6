import * as maplibre from 'maplibre-gl';
import type { GeoJSONSource, MapGeoJSONFeature, MapMouseEvent, PointLike } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { basemapStyle } from './basemap';
import { sourceNames, type Drawn, type SourceName } from './drawn';
import { countSites, exposedLayers, exposedSource } from './exposed';
import { labelPoint } from './geometry';
import { badgeSource, hitLast, hitLayers, overlays, overlaySource } from './overlays';
import { readPalette } from './palette';
import { mapImages } from './symbols';

maplibre.setWorkerUrl(workerUrl);

export interface Hit { source: SourceName; id: string; name: string; worst: number; cluster: number | null; lngLat: [number, number] }
export interface BoardEvents {
  onHit(hits: Hit[], at: { x: number; y: number }): void;
  onHover(hit: Hit | null, at: { x: number; y: number }): void;
  onMove(): void;
  onDrawClick(lngLat: [number, number]): boolean;
  allData(source: SourceName): Drawn[];
}
export type Update = { removeAll?: boolean; remove: string[]; add: Drawn[] };

/** A small area vanishes far out; its badge is a point and does not. */
const badged: readonly SourceName[] = ['zones', 'alerts', 'density'];
const toBadges = (areas: Drawn[]): Drawn[] => areas.flatMap((f) => {
  const at = labelPoint(f.geometry);
  return at ? [{ ...f, geometry: { type: 'Point' as const, coordinates: at } }] : [];
});

/** The map itself: owns the MapLibre instance, knows nothing of signals or panels. */
export class MapBoard {
  readonly map: maplibre.Map;
  private ready = false;
  private exposed = true;
  private selected: { source: SourceName; id: string } | null = null;
  private readonly hidden = new Set<SourceName>();
  private readonly opacities = new Map<SourceName, number>();

  constructor(container: HTMLElement, private dark: boolean, private readonly events: BoardEvents) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map = new maplibre.Map({
      container, style: basemapStyle(readPalette(dark), location.origin), center: [20, 30], zoom: 1.3, maxZoom: 14,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, attributionControl: false, fadeDuration: calm ? 0 : 100, keyboard: true,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new maplibre.ScaleControl({ unit: 'metric' }), 'bottom-right');
    this.map.getCanvas().setAttribute('aria-describedby', 'map-summary');
    this.map.on('style.load', () => this.addOverlays());
    this.map.on('click', (e) => this.click(e));
    this.map.on('mousemove', (e) => this.hover(e));
    this.map.on('mouseout', () => this.events.onHover(null, { x: 0, y: 0 }));
    this.map.on('moveend', () => this.events.onMove());
    this.map.on('idle', () => this.events.onMove());
    // A missing tile is a gap in a grey ground, not an event for anybody.
    this.map.on('error', () => undefined);
  }

  setDark(dark: boolean): void {
    if (dark === this.dark) return;
    this.dark = dark;
    this.ready = false;
    this.map.setStyle(basemapStyle(readPalette(dark), location.origin), { diff: false });
  }

  private addOverlays(): void {
    const palette = readPalette(this.dark);
    for (const image of mapImages(palette)) this.map.addImage(image.name, image.data, { pixelRatio: image.pixelRatio });
    this.map.addSource('exposed', exposedSource(location.origin));
    for (const layer of exposedLayers(palette)) this.map.addLayer(layer);
    this.showExposed(this.exposed);
    for (const name of sourceNames) this.map.addSource(name, { ...overlaySource(name), data: { type: 'FeatureCollection', features: this.events.allData(name) } });
    for (const name of badged) this.map.addSource(badgeSource(name), { type: 'geojson', promoteId: 'id', data: { type: 'FeatureCollection', features: toBadges(this.events.allData(name)) } });
    for (const layer of overlays(palette)) this.map.addLayer(layer);
    // A hospital must be seen through the zone it lies in; roads lie under everything.
    for (const id of ['exposed-sites', 'exposed-letters', 'exposed-names']) this.map.moveLayer(id, 'posts-cluster');
    this.ready = true;
    this.hidden.forEach((s) => this.setVisible(s, false));
    this.opacities.forEach((o, s) => this.setOpacity(s, o));
    if (this.selected) this.map.setFeatureState(this.selected, { selected: true });
  }

  /** Sends one folded change; before the style is loaded nothing is lost, because overlays start from all data. */
  update(source: SourceName, change: Update): void {
    if (!this.ready || (!change.removeAll && change.remove.length === 0 && change.add.length === 0)) return;
    const send = (id: string, add: Drawn[]): unknown => this.map.getSource<GeoJSONSource>(id)?.updateData({ ...(change.removeAll ? { removeAll: true } : {}), remove: change.remove, add });
    send(source, change.add);
    if (badged.includes(source)) send(badgeSource(source), toBadges(change.add));
  }

  select(next: { source: SourceName; id: string } | null): void {
    if (this.ready && this.selected) this.map.setFeatureState(this.selected, { selected: false });
    this.selected = next;
    if (this.ready && next) this.map.setFeatureState(next, { selected: true });
  }

  setVisible(source: SourceName, visible: boolean): void {
    if (visible) this.hidden.delete(source);
    else this.hidden.add(source);
    if (!this.ready) return;
    for (const layer of overlays(readPalette(this.dark))) if (layer.source === source || layer.source === badgeSource(source)) this.map.setLayoutProperty(layer.id, 'visibility', visible ? 'visible' : 'none');
  }

  /** The reference of sites and roads, on or off. */
  showExposed(visible: boolean): void {
    this.exposed = visible;
    for (const layer of exposedLayers(readPalette(this.dark))) if (this.map.getLayer(layer.id)) this.map.setLayoutProperty(layer.id, 'visibility', visible ? 'visible' : 'none');
  }

  /** Sites drawn in the view, by kind. */
  sitesInView = (): { kind: string; count: number }[] => (this.ready && this.exposed ? countSites(this.map.queryRenderedFeatures({ layers: ['exposed-sites'] })) : []);

  setOpacity(source: SourceName, opacity: number): void {
    this.opacities.set(source, opacity);
    if (!this.ready) return;
    if (source === 'zones') {
      this.map.setPaintProperty('zones-tint', 'fill-opacity', 0.25 * opacity);
      this.map.setPaintProperty('zones-pattern', 'fill-opacity', 0.55 * opacity);
    }
  }

  bounds(): [west: number, south: number, east: number, north: number] {
    const b = this.map.getBounds();
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
  }

  size = (): { width: number; height: number } => ({ width: this.map.getContainer().clientWidth, height: this.map.getContainer().clientHeight });

  fit(bounds: [number, number, number, number], maxZoom = 9): void {
    const phone = this.map.getContainer().clientWidth < 600;
    this.map.fitBounds(bounds, { padding: phone ? 40 : { top: 60, bottom: 60, left: Math.min(260, this.map.getContainer().clientWidth * 0.3), right: 60 }, maxZoom, animate: false });
  }

  /** Moves only if the place is outside the view. */
  reveal(bounds: [number, number, number, number]): void {
    const view = this.map.getBounds();
    const inside = view.contains([bounds[0], bounds[1]]) && view.contains([bounds[2], bounds[3]]);
    if (!inside || this.map.getZoom() < 4) this.fit(bounds, Math.max(8, Math.min(10, this.map.getZoom())));
  }

  project = (at: [number, number]): { x: number; y: number } => this.map.project(at);
  zoom = (by: 1 | -1): void => void (by > 0 ? this.map.zoomIn() : this.map.zoomOut());

  private hits(point: { x: number; y: number }, reach: number): Hit[] {
    if (!this.ready) return [];
    const box: [PointLike, PointLike] = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const found = new Map<string, Hit>();
    const add = (f: MapGeoJSONFeature): void => {
      const cluster = (f.properties['cluster_id'] as number | undefined) ?? null;
      const id = cluster === null ? String(f.properties['id']) : `cluster-${cluster}`;
      const at = f.geometry.type === 'Point' ? (f.geometry.coordinates as [number, number]) : this.map.unproject([point.x, point.y]).toArray();
      const source = f.source.replace(/-badges$/, '') as SourceName;
      found.set(`${source}/${id}`, { source, id, name: String(f.properties['name'] ?? ''), worst: Number(f.properties['worst'] ?? 0), cluster, lngLat: at });
    };
    // Symbols with a finger's reach; areas only where the finger is, else a neighbour's area would join the choice.
    const symbols = hitLayers.filter((l) => l !== 'zones-tint' && l !== 'alerts-hit' && l !== 'extents-fill');
    this.map.queryRenderedFeatures(box, { layers: [...symbols, 'posts-cluster'] }).forEach(add);
    this.map.queryRenderedFeatures([point.x, point.y], { layers: ['zones-tint', 'alerts-hit', 'extents-fill'] }).forEach(add);
    // Of cells in cells the finest.
    if (found.size === 0) this.map.queryRenderedFeatures([point.x, point.y], { layers: [hitLast] }).sort((a, b) => Number(b.properties['fine']) - Number(a.properties['fine'])).slice(0, 1).forEach(add);
    return [...found.values()].sort((a, b) => b.worst - a.worst);
  }

  private click(e: MapMouseEvent): void {
    if (this.events.onDrawClick(e.lngLat.toArray())) return;
    const hits = this.hits(e.point, 10);
    const only = hits.length === 1 ? hits[0]! : null;
    if (only?.cluster != null) void this.openCluster(only);
    else this.events.onHit(hits.filter((h) => h.cluster === null), e.point);
  }

  private async openCluster(hit: Hit): Promise<void> {
    const source = this.map.getSource<GeoJSONSource>(hit.source);
    if (!source || hit.cluster === null) return;
    const zoom = await source.getClusterExpansionZoom(hit.cluster);
    if (zoom <= 12) {
      this.map.easeTo({ center: hit.lngLat, zoom });
      return;
    }
    const leaves = await source.getClusterLeaves(hit.cluster, 50, 0);
    this.events.onHit(leaves.map((f) => ({ source: hit.source, id: String(f.properties?.['id']), name: String(f.properties?.['name'] ?? ''), worst: 0, cluster: null, lngLat: hit.lngLat })), this.map.project(hit.lngLat));
  }

  private hover(e: MapMouseEvent): void {
    const hit = this.hits(e.point, 6)[0] ?? null;
    this.map.getCanvas().style.cursor = hit ? 'pointer' : '';
    this.events.onHover(hit?.cluster === null ? hit : null, e.point);
  }

  remove(): void {
    this.map.remove();
  }
}
