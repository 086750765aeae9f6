// The tasks: live through the hub, by plain requests when the hub cannot be reached, from the phone when nothing can.
import { computed, signal } from '@preact/signals';
import type { LayerChange, TaskProperties } from '../../shared/api';
import { get } from '../../shared/phone/ask';
import { askStatus, now } from '../../shared/phone/clock';
import { applyChange, emptyLayer, isComplete, type LayerFeature } from '../../shared/layerState';
import { findEvents, type Event } from '../pure/changes';
import { groupTasks, type PlacedTask } from '../pure/taskList';
import { roundedHere } from './here';
import { person } from './person';
import { keys, store } from './store';

interface Kept { tasks: PlacedTask[]; heard: number }

export const tasks = signal<ReadonlyMap<string, PlacedTask>>(new Map());
/** Phone time of the last good answer; null when there was none yet. */
export const heardAt = signal<number | null>(null);
export const link = signal<'connecting' | 'live' | 'polling' | 'lost'>('connecting');
export const events = signal<Event[]>([]);
export const mine = computed<PlacedTask[]>(() => groupTasks([...tasks.value.values()], person.value?.id ?? null).mine);
/** Tasks I ended myself: that they leave my list is no news to me. */
export const endedByMe = new Set<string>();

const LAYER = 'relief.tasks';
const POLL_MS = 20_000;

export async function loadTasks(): Promise<void> {
  const kept = await store.get<Kept>(keys.tasks);
  if (kept === undefined) return;
  tasks.value = new Map(kept.tasks.map(t => [t.id, t]));
  heardAt.value = kept.heard;
}

/** What only I am told, while I have the task: exact place and the words of who asked. The live layer has neither. */
const near = new Map<string, Pick<PlacedTask, 'lon' | 'lat' | 'detail'>>();

const isMine = (task: TaskProperties): boolean => task.state === 'Claimed' && person.value !== null && task.claimedById === person.value.id;

/** Remembers what I alone was told, and forgets it once the task is no longer mine. */
function keepNear(task: PlacedTask): PlacedTask {
  if (isMine(task)) near.set(task.id, { lon: task.lon, lat: task.lat, detail: task.detail });
  else near.delete(task.id);
  return task;
}

/** One task as the answer to my own action named it. */
export function take(changed: TaskProperties & Partial<PlacedTask>): void {
  const before = tasks.value.get(changed.id);
  receive(new Map(tasks.value).set(changed.id, keepNear({ lon: before?.lon ?? null, lat: before?.lat ?? null, ...changed })));
}

function receive(after: ReadonlyMap<string, PlacedTask>): void {
  const news = person.value === null ? [] : findEvents(mine.value, after, person.value.id, endedByMe);
  tasks.value = after;
  heardAt.value = Date.now();
  if (news.length > 0) events.value = [...events.value, ...news];
  if (news.some(e => e.kind === 'Closed')) navigator.vibrate?.([400, 150, 400, 150, 400]);
  void store.set(keys.tasks, { tasks: [...after.values()], heard: heardAt.value } satisfies Kept);
}

export async function pollTasks(): Promise<void> {
  const at = roundedHere();
  try {
    const answer = await get<PlacedTask[]>(`/relief/tasks${at === null ? '' : `?lon=${at.lon}&lat=${at.lat}`}`);
    receive(new Map(answer.map(t => [t.id, keepNear(t)])));
    if (link.value !== 'live') link.value = 'polling';
  } catch {
    if (link.value !== 'live') link.value = 'lost';
  }
  void askStatus();
}

/** The hub's code is large for a phone, so the first list comes by a plain request and the hub follows. */
export async function startTasks(): Promise<void> {
  setInterval(() => { if (link.value !== 'live' && document.visibilityState === 'visible') void pollTasks(); }, POLL_MS);
  addEventListener('online', () => void pollTasks());
  addEventListener('offline', () => { link.value = 'lost'; });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible' && link.value !== 'live') void pollTasks(); });
  await pollTasks();
  await startHub().catch(() => undefined);
}

async function startHub(): Promise<void> {
  const { LiveLayers } = await import('../../shared/liveLayers');
  let layer = emptyLayer<TaskProperties>();
  const hub = new LiveLayers({
    versions: () => ({ [LAYER]: layer.version }),
    apply: (name: string, change: LayerChange) => {
      if (name !== LAYER) return true;
      const applied = applyChange(layer, change);
      if (applied === null) return false;
      layer = applied.layer;
      if (!isComplete(layer)) return true;
      const seen = new Map([...layer.features].map(([id, feature]) => [id, placed(feature)]));
      receive(seen);
      if ([...seen.values()].some(t => isMine(t) && !near.has(t.id))) void pollTasks();
      return true;
    },
  }, now);
  hub.connection.subscribe(connection => {
    if (connection.state === 'connected') { link.value = 'live'; return; }
    // Not live is not offline: a plain request decides which.
    if (link.value === 'live') { link.value = 'polling'; void pollTasks(); }
  });
  await hub.start();
}

function placed(feature: LayerFeature<TaskProperties>): PlacedTask {
  const point = feature.geometry?.type === 'Point' ? feature.geometry.coordinates : null;
  if (!isMine(feature.properties)) near.delete(feature.properties.id);
  return { ...feature.properties, lon: point?.[0] ?? null, lat: point?.[1] ?? null, ...near.get(feature.properties.id) };
}
