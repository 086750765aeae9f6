import { signal } from '@preact/signals';
import { chainTime, driftMinutes, readClock, type ClockReading } from '../../shared/phone/clockReading';
import { get } from '../../shared/phone/ask';
import type { ServerStatus } from '../../shared/api';
import { keys, store } from './store';

const reading = signal<ClockReading | null>(null);
/** The phone's time, moved on in steps: everything that shows an age or an end reads it and is drawn again. */
export const tick = signal(Date.now());
export const status = signal<ServerStatus | null>(null);

/** What time it is where warnings are made. */
export const now = (): number => chainTime(reading.value, tick.value);
export const drift = (): number => driftMinutes(reading.value);
export const speed = (): number => reading.value?.speed ?? 1;
export const inReplay = (): boolean => status.value?.mode === 'replay';

const STEP_MS = 10_000;

export async function startClock(): Promise<void> {
  reading.value = (await store.get<ClockReading>(keys.clock)) ?? null;
  status.value = (await store.get<ServerStatus>(keys.status)) ?? null;
  setInterval(() => { tick.value = Date.now(); }, STEP_MS);
  document.addEventListener('visibilitychange', () => { tick.value = Date.now(); });
}

export async function askStatus(): Promise<void> {
  try {
    const heard = await get<ServerStatus>('/operations/status');
    const device = Date.now();
    reading.value = readClock(heard.now, heard.speed, device);
    tick.value = device;
    status.value = heard;
    await store.set(keys.clock, reading.value);
    await store.set(keys.status, heard);
  } catch {
    // The last hearing keeps the time; what is old says so by itself.
  }
}
