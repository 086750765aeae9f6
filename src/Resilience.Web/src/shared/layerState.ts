import type { LayerChange } from './api';

export type LayerFeature<P> = GeoJSON.Feature<GeoJSON.Geometry | null, P> & { id: string };

/** A layer as one face holds it; `heard` once the server said anything about it. Never changed in place: every change makes a new one, so a list that compares sees it. */
export interface LayerState<P> { version: number; heard: boolean; features: ReadonlyMap<string, LayerFeature<P>> }

/** What a change did, by feature id; `replaced` when the whole layer was sent again. */
export interface LayerDiff { replaced: boolean; upserted: string[]; removed: string[] }

export const emptyLayer = <P>(): LayerState<P> => ({ version: 0, heard: false, features: new Map() });

/**
 * True once the layer is whole, be it empty: "nothing there" is an answer, "nothing heard" is none. Parts of a large snapshot count
 * down from −1, and only the last part carries a real version (0 when nothing was ever there).
 */
export const isComplete = (layer: LayerState<unknown>): boolean => layer.heard && layer.version >= 0;

/**
 * The layer after the change, or null when the change does not start where we are: then something was missed and only the
 * server can say what (Resync).
 */
export function applyChange<P>(layer: LayerState<P>, change: LayerChange): { layer: LayerState<P>; diff: LayerDiff } | null {
  const replaced = change.from === 0;
  if (!replaced && change.from !== layer.version) return null;
  const features = new Map(replaced ? [] : layer.features);
  const upserted: string[] = [];
  for (const text of change.upsert) {
    const feature = readFeature<P>(text);
    if (!feature) continue;
    features.set(feature.id, feature);
    upserted.push(feature.id);
  }
  const removed = change.remove.filter((id) => features.delete(id));
  return { layer: { version: change.version, heard: true, features }, diff: { replaced, upserted, removed } };
}

/** One unreadable feature must not cost the map the others. */
function readFeature<P>(text: string): LayerFeature<P> | null {
  try {
    const feature = JSON.parse(text) as GeoJSON.Feature<GeoJSON.Geometry | null, P & { id?: string }>;
    const id = feature.id ?? feature.properties?.id;
    return id === undefined ? null : ({ ...feature, id: String(id) } as LayerFeature<P>);
  } catch {
    return null;
  }
}
