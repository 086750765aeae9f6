import { effect, signal } from '@preact/signals';
import type { MapMoment } from '../../shared/api';
import { lookingAt, presentNow } from '../../shared/chainClock';
import { server } from '../../shared/client';
import { past, showMoment, showPresent } from './layers';
import { retracting, screen, signInOpen } from './selection';

export interface ForecastProperties { station: string; stationName: string; unit: string; madeAt: string; leadHours: number; time: string; low: number; middle: number; high: number }

/** What moment somebody asked for, and what stands on the screen of it. `shown` is null until the first answer: then now is still shown. */
export interface Moment { wanted: number; shown: { at: number; ahead: boolean; empty: boolean } | null; failed: string | null }
export const moment = signal<Moment | null>(null);
/** Of gauges that stand raised, what they are expected to show at the moment ahead. */
export const forecasts = signal<ReadonlyMap<string, ForecastProperties>>(new Map());
export const playing = signal(false);

export const minuteMs = 60_000;
/** As far as gauges are forecast. */
export const aheadMs = 12 * 3_600_000;
const patienceMs = 200;

let timer: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;

/** Asks for the map of a moment; a moment asked for while another is on its way replaces it. Now itself is no moment. */
export function lookAt(at: number): void {
  const now = presentNow();
  if (Math.abs(at - now) < minuteMs / 2) return backToNow();
  const wanted = Math.min(at, now + aheadMs);
  moment.value = { wanted, shown: moment.value?.shown ?? null, failed: null };
  clearTimeout(timer);
  timer = setTimeout(() => void ask(wanted), patienceMs);
}

async function ask(wanted: number): Promise<void> {
  asking?.abort();
  const stop = new AbortController();
  asking = stop;
  try {
    const answer = await server.get<MapMoment>(`/map/at?time=${encodeURIComponent(new Date(wanted).toISOString())}`, stop.signal);
    if (stop.signal.aborted || moment.value?.wanted !== wanted) return;
    const { 'hazards.forecasts': expected, ...layers } = answer.layers;
    forecasts.value = new Map(((expected?.features ?? []) as { id: string; properties: ForecastProperties }[]).map((f) => [f.id, f.properties]));
    // Stations are known by name before they ever spoke; a map of them alone says nothing of that moment.
    const empty = !Object.entries(layers).some(([name, l]) => name !== 'observations.feeds' && (l.features as { properties: { time?: string | null } }[]).some((f) => name !== 'observations.stations' || f.properties.time != null));
    // A moment ahead is what is known now: ages go on being counted from now.
    lookingAt.value = answer.ahead ? null : wanted;
    showMoment(layers, wanted);
    moment.value = { wanted, shown: { at: wanted, ahead: answer.ahead, empty }, failed: null };
  } catch (error) {
    // What was shown before stays, and the bar says of when it is.
    if (!stop.signal.aborted && moment.value?.wanted === wanted) moment.value = { ...moment.value, failed: error instanceof Error ? error.message : String(error) };
  }
}

export function backToNow(): void {
  clearTimeout(timer);
  asking?.abort();
  playing.value = false;
  moment.value = null;
  lookingAt.value = null;
  forecasts.value = new Map();
  showPresent();
}

/** Steps forward by itself until now is reached. */
export function play(stepMs: number): () => void {
  playing.value = true;
  const beat = setInterval(() => {
    const m = moment.value;
    if (!m) return;
    // Wait for the answer before the next step: a slow line plays slowly instead of never.
    if (m.shown?.at === m.wanted || m.failed) lookAt(Math.min(m.wanted + stepMs, m.wanted < presentNow() ? presentNow() : Infinity));
  }, 1000);
  return () => clearInterval(beat);
}

// Whoever writes, approves, retracts or signs in does so on what is, never on what was.
effect(() => {
  if (screen.value.name !== 'board' || retracting.value !== null || signInOpen.value) queueMicrotask(() => past.peek() && backToNow());
});
