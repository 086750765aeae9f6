import { batch, computed, signal, type Signal } from '@preact/signals';
import type {
  AlertProperties, AssessmentProperties, DensityProperties, DraftProperties, ExtentProperties, FeedProperties, IncidentProperties, LayerChange, PostProperties, RevisionProperties, StationProperties, ZoneProperties,
} from '../../shared/api';
import { presentNow } from '../../shared/chainClock';
import { applyChange, emptyLayer, isComplete, type LayerDiff, type LayerFeature, type LayerState } from '../../shared/layerState';
import { LiveLayers } from '../../shared/liveLayers';

/** One live layer as the dashboard holds it, with when (chain's clock) it last changed. `state` is what is shown; `present` is now, also while a past moment is shown. */
export interface LiveLayer<P> { name: string; state: Signal<LayerState<P>>; present: Signal<LayerState<P>>; changedAt: Signal<number | null>; refused: Signal<boolean> }

const layer = <P>(name: string): LiveLayer<P> => ({ name, state: signal(emptyLayer<P>()), present: signal(emptyLayer<P>()), changedAt: signal(null), refused: signal(false) });

export const stations = layer<StationProperties>('observations.stations');
export const assessments = layer<AssessmentProperties>('hazards.assessments');
export const zones = layer<ZoneProperties>('risk.zones');
export const alerts = layer<AlertProperties>('warnings.alerts');
export const drafts = layer<DraftProperties>('warnings.drafts');
/** Thresholds that wait for a second person. */
export const revisions = layer<RevisionProperties>('hazards.revisions');
export const incidents = layer<IncidentProperties>('relief.incidents');
export const posts = layer<PostProperties>('reports.posts');
/** What satellites and other rasters show. */
export const extents = layer<ExtentProperties>('observations.extents');
/** How many people report from where; never who. */
export const density = layer<DensityProperties>('reports.density');
export const feeds = layer<FeedProperties>('observations.feeds');
/** Where posts come from: as much a feed as a gauge network, and as able to die. */
export const postSources = layer<FeedProperties>('reports.feeds');

const all = [alerts, drafts, revisions, zones, assessments, stations, incidents, posts, extents, density, feeds, postSources] as unknown as LiveLayer<unknown>[];

/** True while the layers show another moment than now. What comes meanwhile is kept, not shown. */
export const past = signal(false);
/** Changes that came since. */
export const heldBack = signal(0);

type Listener = (layer: string, diff: LayerDiff) => void;
const listeners = new Set<Listener>();
/** Hears of every change by feature id, before anything is drawn; the map collects these and draws once per beat. */
export const onLayerChange = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

// A burst of changes draws once: the lists are redrawn at most twice a second whatever the server sends.
const beatMs = 500;
const waiting = new Map<LiveLayer<unknown>, LayerState<unknown>>();
let beat: ReturnType<typeof setTimeout> | undefined;

function flush(): void {
  beat = undefined;
  batch(() => {
    for (const [target, state] of waiting) {
      target.present.value = state;
      if (past.value) continue;
      target.state.value = state;
      target.changedAt.value = presentNow();
    }
    waiting.clear();
  });
}

const latest = (target: LiveLayer<unknown>): LayerState<unknown> => waiting.get(target) ?? target.present.value;

function apply(name: string, change: LayerChange): boolean {
  const target = all.find((l) => l.name === name);
  if (!target) return true;
  const result = applyChange(latest(target), change);
  if (!result) return false;
  waiting.set(target, result.layer);
  target.refused.value = false;
  if (past.value) heldBack.value += result.diff.upserted.length + result.diff.removed.length;
  else listeners.forEach((tell) => tell(name, result.diff));
  // The first whole snapshot is shown at once; people are waiting for it.
  if (change.from === 0 && isComplete(result.layer)) {
    clearTimeout(beat);
    flush();
  } else beat ??= setTimeout(flush, beatMs);
  return true;
}

export const live = new LiveLayers(
  {
    versions: () => Object.fromEntries(all.map((l) => [l.name, Math.max(0, latest(l).version)])),
    apply,
    refused: (names) => all.forEach((l) => (l.refused.value = names.includes(l.name))),
  },
  presentNow,
);

/** Shows another moment: the layers it knows as it knew them, all others as not known. */
export function showMoment(layers: Readonly<Record<string, { features: readonly unknown[] }>>, at: number): void {
  batch(() => {
    if (!past.value) heldBack.value = 0;
    past.value = true;
    for (const target of all) {
      const known = layers[target.name];
      const features = ((known?.features ?? []) as LayerFeature<unknown>[]).map((f): [string, LayerFeature<unknown>] => [String(f.id), f]);
      target.state.value = { version: 0, heard: known !== undefined, features: new Map(features) };
      target.changedAt.value = known ? at : null;
    }
  });
  retell();
}

/** Shows now again, with all that came meanwhile. */
export function showPresent(): void {
  if (!past.value) return;
  batch(() => {
    past.value = false;
    for (const target of all) {
      target.state.value = latest(target);
      target.changedAt.value = target.state.value.heard ? presentNow() : null;
    }
  });
  retell();
}

const retell = (): void => all.forEach((target) => listeners.forEach((tell) => tell(target.name, { replaced: true, upserted: [...target.state.value.features.keys()], removed: [] })));

/** Whoever signs out must not leave reports or drafts on the screen. */
export function forgetPrivateLayers(): void {
  for (const target of [drafts, revisions, incidents, posts] as unknown as LiveLayer<unknown>[]) {
    waiting.delete(target);
    target.state.value = emptyLayer();
    target.present.value = emptyLayer();
    target.changedAt.value = null;
    listeners.forEach((tell) => tell(target.name, { replaced: true, upserted: [], removed: [] }));
  }
}

export const list = <P>(l: LiveLayer<P>) => [...l.state.value.features.values()];
export const find = <P>(l: LiveLayer<P>, id: string) => l.state.value.features.get(id) ?? null;
/** The newest known, also between two beats: what the map draws from. */
export const newest = <P>(l: LiveLayer<P>): LayerState<P> => (past.peek() ? l.state.peek() : (latest(l as unknown as LiveLayer<unknown>) as LayerState<P>));

/** Every feed by id, of readings and of posts. */
export const allFeeds = computed(() => [...list(feeds), ...list(postSources)].map((f) => f.properties));
/** The feeds are known. Of feeds of posts no past is kept: at another moment the others are all there is to know. */
export const feedsHeard = computed(() => heard(feeds) && (past.value || heard(postSources)));
/** True once the server has said what the layer holds, even if that is nothing. Before that an empty list means nothing. */
export const heard = (...of: Pick<LiveLayer<unknown>, 'changedAt'>[]): boolean => of.every((l) => l.changedAt.value !== null);
