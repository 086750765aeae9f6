// The check for warnings: asks, keeps the answer, and never mistakes silence for "no warning".
import { effect, signal } from '@preact/signals';
import type { Alert, NearAlert, Now } from '../../shared/api';
import { ask, get } from '../../shared/phone/ask';
import { SAVED_ANSWER_HEADER } from '../../shared/phone/worker/shell';
import { rememberPast } from '../pure/near';
import { alertLanguage } from '../words';
import { askStatus, now, speed } from '../../shared/phone/clock';
import { activePlace, type SavedPlace } from './places';
import { keys, store } from './store';

/** The last good answer for a place. */
export interface Watch {
  alerts: NearAlert[];
  past: NearAlert[];
  /** Server's time of the check, ms. */
  checked: number;
  /** Phone's time of the check, ms: ages are real minutes, even when a replay runs fast. */
  heard: number;
}

export const watch = signal<Watch | null>(null);
/** 'failed' = the last try had no good answer; what is shown is from before. */
export const check = signal<'idle' | 'checking' | 'done' | 'failed'>('idle');

const EVERY_MS = 60_000;
const EVERY_IN_REPLAY_MS = 10_000;

const watchKey = (place: SavedPlace) => `${keys.watch}${place.lon},${place.lat}`;

let round = 0;

export async function checkNow(): Promise<void> {
  const place = activePlace.value;
  if (place === null) return;
  const mine = ++round;
  check.value = 'checking';
  try {
    const { body, headers } = await ask<Now>(`/dissemination/now?lon=${place.lon}&lat=${place.lat}&lang=${encodeURIComponent(alertLanguage)}`);
    if (headers.has(SAVED_ANSWER_HEADER)) throw new Error('saved, not checked');
    const before = await store.get<Watch>(watchKey(place));
    const checked = Date.parse(body.checked);
    const after: Watch = {
      alerts: body.alerts,
      past: rememberPast([...(before?.past ?? []), ...(before?.alerts ?? [])], body.alerts, checked),
      checked,
      heard: Date.now(),
    };
    await store.set(watchKey(place), after);
    if (mine !== round) return;
    watch.value = after;
    check.value = 'done';
  } catch {
    if (mine === round) check.value = 'failed';
  }
  await askStatus();
}

/** Keeps checking while the page is seen; a hidden page is told by push instead. */
export function startWatching(): void {
  let last = 0;
  const due = () => Date.now() - last >= (speed() > 1 ? EVERY_IN_REPLAY_MS : EVERY_MS);
  const again = () => { last = Date.now(); void checkNow(); };
  effect(() => {
    const place = activePlace.value;
    if (place === null) return;
    watch.value = null;
    check.value = 'idle';
    void store.get<Watch>(watchKey(place)).then(kept => {
      if (kept !== undefined && watch.value === null && activePlace.value?.id === place.id) watch.value = kept;
    });
    again();
  });
  setInterval(() => { if (document.visibilityState === 'visible' && due()) again(); }, 2_000);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') again(); });
  addEventListener('online', again);
  addEventListener('offline', () => { check.value = 'failed'; });
}

/** An alert by its id: from what is kept, else from the server (a notice can be opened before the first check). */
export async function findAlert(id: string): Promise<NearAlert | null> {
  const kept = [...(watch.value?.alerts ?? []), ...(watch.value?.past ?? [])].find(a => a.id === id);
  if (kept !== undefined) return kept;
  const all = await store.list<Watch>(keys.watch);
  const elsewhere = all.flatMap(w => [...w.alerts, ...w.past]).find(a => a.id === id);
  if (elsewhere !== undefined) return elsewhere;
  try {
    return asNear(await get<Alert>(`/warnings/alerts/${encodeURIComponent(id)}`));
  } catch {
    return null;
  }
}

/** An alert not asked for by place has no distance: km is NaN and no distance is shown. */
function asNear(alert: Alert): NearAlert {
  const text = alert.texts.find(t => t.language.startsWith(alertLanguage)) ?? alert.texts.find(t => t.language.startsWith('en')) ?? alert.texts[0];
  return {
    ...alert,
    text: text ?? { language: 'en', headline: alert.headline, description: '', instruction: '' },
    languages: alert.texts.map(t => t.language),
    km: NaN, inside: false, url: `/alerts/${alert.id}`,
    expires: alert.state === 'InForce' ? alert.expires : new Date(Math.min(Date.parse(alert.expires), now())).toISOString(),
  };
}
