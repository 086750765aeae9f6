import { signal } from '@preact/signals';
import { roundedForServer, whereIAm, type Position } from '../../shared/phone/position';
import { keys, store } from './store';

/** Where the person was when last asked. Kept on this phone; distances are worked out here. */
export const here = signal<Position | null>(null);
export const locating = signal<'no' | 'looking' | 'refused'>('no');

export async function loadHere(): Promise<void> {
  here.value = (await store.get<Position>(keys.here)) ?? null;
}

export async function locate(): Promise<void> {
  locating.value = 'looking';
  try {
    here.value = await whereIAm();
    await store.set(keys.here, here.value);
    locating.value = 'no';
  } catch {
    locating.value = 'refused';
  }
}

export const roundedHere = (): Position | null => (here.value === null ? null : roundedForServer(here.value));
