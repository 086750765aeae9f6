import type { AlertProperties, CapSeverity, DensityProperties, ExtentProperties, HazardLevel, IncidentProperties, PostProperties, ZoneProperties } from '../../shared/api';
import type { LayerDiff } from '../../shared/layerState';
import { levelRank, severityOfLevel, severityRank } from '../../shared/severity';
import { ageShort, bucket, number, quantity } from '../state/format';
import { levelAndValue, type Gauge } from '../state/gauges';
import { words } from '../words';
import { boundsOf, type Bounds } from './geometry';

/** The sources the overlays draw, one per rate of change. */
export type SourceName = 'stations' | 'zones' | 'alerts' | 'incidents' | 'posts' | 'extents' | 'density';
export const sourceNames: readonly SourceName[] = ['density', 'extents', 'zones', 'alerts', 'posts', 'incidents', 'stations'];

/** Only what is drawn travels to the map's worker. `worst` counts up with severity, for drawing the worst on top. */
export interface DrawnProperties { id: string; icon?: string; label?: string; severity?: CapSeverity; level?: HazardLevel; silent?: boolean; judged?: boolean; /** Its level is not of a river or lake. */ weather?: boolean; solid?: boolean; /** Of the density ramp, 0 to 3. */ tone?: number; /** Of the density grid. */ fine?: number; verified?: boolean; worst: number; name: string }
export type Drawn = GeoJSON.Feature<GeoJSON.Geometry, DrawnProperties>;

const worst = (severity: CapSeverity): number => 5 - severityRank(severity);
const feature = (geometry: GeoJSON.Geometry, properties: DrawnProperties): Drawn => ({ type: 'Feature', geometry, properties });

/** `expected`: what the gauge is forecast to show at the moment ahead that the map stands for. */
export function drawGauge(g: Gauge, expected?: { low: number; high: number; unit: string }): Drawn | null {
  if (!g.position) return null;
  const s = g.station;
  const value = s.value === null ? '' : quantity(s.value, s.unit);
  const label = expected ? words.moment.between(number(expected.low), quantity(expected.high, expected.unit)) : s.time === null ? words.noValue : g.silent ? words.silentFor(ageShort(s.time), value) : levelAndValue(g);
  const severity = severityOfLevel[g.level];
  return feature({ type: 'Point', coordinates: g.position }, {
    id: g.id, icon: g.silent ? 'cup-silent' : g.judged ? `cup-${g.level}` : 'cup-unjudged', label: label && s.exercise ? `${words.exercise} ${label}` : label, level: g.level, silent: g.silent, judged: g.judged, weather: words.levelOfKind[g.assessment?.kind ?? ''] !== undefined,
    ...(severity ? { severity } : {}), worst: (g.silent ? 0.5 : 0) + 5 - levelRank(g.level), name: s.name,
  });
}

/** All that a gauge's symbol shows and that changes without a message: when this is the same, so is the drawing. */
export const gaugeLook = (g: Gauge): string => `${g.level} ${g.judged} ${g.silent} ${g.silent && g.station.time ? ageShort(g.station.time) : ''}`;

export const drawZone = (z: ZoneProperties, geometry: GeoJSON.Geometry | null): Drawn | null =>
  geometry && feature(geometry, { id: z.id, severity: z.severity, worst: worst(z.severity), solid: z.likelihood !== 'Possible' && z.likelihood !== 'Unlikely' && z.likelihood !== 'Unknown', name: z.title });

export const drawAlert = (a: AlertProperties, geometry: GeoJSON.Geometry | null): Drawn | null =>
  geometry && feature(geometry, { id: a.id, severity: a.severity, worst: worst(a.severity), solid: a.certainty === 'Observed' || a.certainty === 'Likely', name: a.headline, label: a.status === 'Actual' ? '' : words.exercise });

/** Rejected incidents are in the list only. */
export const drawIncident = (i: IncidentProperties, geometry: GeoJSON.Geometry | null): Drawn | null =>
  geometry && i.state !== 'Rejected' ? feature(geometry, { id: i.id, severity: i.severity, icon: `incident-${i.state}-${i.severity}`, verified: i.state === 'Verified', worst: worst(i.severity), name: i.title }) : null;

/** Areas that rasters show have no severity of their own; the outline says of where anything is known. */
export const drawExtent = (e: ExtentProperties, geometry: GeoJSON.Geometry | null): Drawn | null =>
  geometry && feature(geometry, { id: e.id, worst: 0, solid: e.class !== null, name: e.class === null ? words.extent.lookedAt(e.feedName) : `${e.name} · ${e.feedName}` });

/** The ramp's steps: 5, 10, 50 and 200 origins. */
export const densityTone = (atLeast: number): number => (atLeast >= 200 ? 3 : atLeast >= 50 ? 2 : atLeast >= 10 ? 1 : 0);

/** Wider than this a cell says "somewhere in this country" and is drawn as an outline only. */
export const finestWideLevel = 8;

export const drawDensity = (d: DensityProperties, geometry: GeoJSON.Geometry | null): Drawn | null =>
  geometry && feature(geometry, { id: d.id, worst: 0, tone: densityTone(d.atLeast), fine: d.level, solid: d.level > finestWideLevel, label: d.exercise ? `${words.exercise} ${bucket(d)}` : bucket(d), name: words.density.title(bucket(d), words.number(d.km)) });

export const drawPost = (p: PostProperties, geometry: GeoJSON.Geometry | null): Drawn | null =>
  geometry && feature(geometry, { id: p.id, worst: 0, name: p.text.slice(0, 80) });

/** What lies in the view, by its geometry: what the map has room to draw is another question, and the legend counts things. */
export function listInView(all: Drawn[], [west, south, east, north]: Bounds): DrawnProperties[] {
  return all.filter((f) => {
    const box = boundsOf([f.geometry]);
    return box !== null && box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south;
  }).map((f) => f.properties);
}

/** Changes to one source since the map last drew, folded so that each feature is sent once. */
export interface Pending { all: boolean; upserted: Set<string>; removed: Set<string> }
export const nothingPending = (): Pending => ({ all: false, upserted: new Set(), removed: new Set() });

/** Adds a change: what is removed and comes back is an upsert; a replaced layer makes everything before it moot. */
export function fold(pending: Pending, diff: LayerDiff): Pending {
  const next: Pending = diff.replaced ? { all: true, upserted: new Set(), removed: new Set() } : { all: pending.all, upserted: new Set(pending.upserted), removed: new Set(pending.removed) };
  for (const id of diff.upserted) {
    next.upserted.add(id);
    next.removed.delete(id);
  }
  for (const id of diff.removed) {
    next.upserted.delete(id);
    next.removed.add(id);
  }
  return next;
}

/** What `updateData` takes: features that are no longer drawable leave the map like removed ones. */
export function toUpdate(pending: Pending, draw: (id: string) => Drawn | null): { removeAll?: boolean; remove: string[]; add: Drawn[] } {
  const add: Drawn[] = [];
  const remove = new Set(pending.removed);
  for (const id of pending.upserted) {
    const drawn = draw(id);
    if (drawn) add.push(drawn);
    else remove.add(id);
  }
  return { ...(pending.all ? { removeAll: true } : {}), remove: pending.all ? [] : [...remove], add };
}
