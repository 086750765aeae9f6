// The chain's time on a phone: heard from the server, kept for the next start without signal, carried on by the phone's clock.
import { signal } from '@preact/signals';
import type { ServerStatus } from '../api';
import { get } from './ask';
import { chainTime, driftMinutes, readClock, type ClockReading } from './clockReading';
import { memoryKeyValueStore, type KeyValueStore } from './keyValueStore';

const reading = signal<ClockReading | null>(null);
/** The phone's time, moved on in steps: everything that shows an age or an end reads it and is drawn again. */
export const tick = signal(Date.now());
export const status = signal<ServerStatus | null>(null);

/** What time it is where warnings are made. */
export const now = (): number => chainTime(reading.value, tick.value);
/** The same for another moment of the phone's clock: what was written down then is shown in the time that all else here is shown in. */
export const chainAt = (device: number): number => chainTime(reading.value, device);
export const drift = (): number => driftMinutes(reading.value);
export const speed = (): number => reading.value?.speed ?? 1;
export const inReplay = (): boolean => status.value?.mode === 'replay';

const keys = { clock: 'clock', status: 'status' };
const STEP_MS = 10_000;
const STEP_IN_REPLAY_MS = 1_000;
let kept: KeyValueStore = memoryKeyValueStore();

export async function startClock(store: KeyValueStore): Promise<void> {
  kept = store;
  reading.value = (await store.get<ClockReading>(keys.clock)) ?? null;
  status.value = (await store.get<ServerStatus>(keys.status)) ?? null;
  setInterval(() => { if (Date.now() - tick.value >= (speed() > 1 ? STEP_IN_REPLAY_MS : STEP_MS) - 100) tick.value = Date.now(); }, STEP_IN_REPLAY_MS);
  document.addEventListener('visibilitychange', () => { tick.value = Date.now(); });
}

export async function askStatus(): Promise<void> {
  try {
    const heard = await get<ServerStatus>('/operations/status');
    const device = Date.now();
    reading.value = readClock(heard.now, heard.speed, device);
    tick.value = device;
    status.value = heard;
    await kept.set(keys.clock, reading.value);
    await kept.set(keys.status, heard);
  } catch {
    // The last hearing keeps the time; what is old says so by itself.
  }
}
