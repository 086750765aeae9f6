// Push notices: asked for only on a tap, tested at once, checked at each opening.
import { signal } from '@preact/signals';
import { send } from '../../shared/phone/ask';
import { alertLanguage } from '../words';
import { subscribeFor, type KeptSubscription } from './subscribing';
import type { SavedPlace } from './places';
import { keys, store } from './store';

export type NoticeState = 'Unknown' | 'Unsupported' | 'NeedsHomeScreen' | 'NotAsked' | 'Blocked' | 'Off' | 'On';
export interface LastNotice { title: string; at: number }

export const noticeState = signal<NoticeState>('Unknown');
export const subscription = signal<KeptSubscription | null>(null);
export const lastNotice = signal<LastNotice | null>(null);
/** Phone time before which our card does not ask again. */
export const askNotBefore = signal(0);
export const work = signal<'idle' | 'working' | 'failed' | 'testSent' | 'testFailed'>('idle');

const QUIET_AFTER_NOT_NOW_MS = 14 * 24 * 3_600_000;

/** On iPhone and iPad push exists only in an app opened from the Home Screen. */
export function needsHomeScreen(userAgent: string, touchPoints: number, standalone: boolean): boolean {
  const apple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
  return apple && !standalone;
}

const standalone = () => matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;

export async function startNotices(): Promise<void> {
  subscription.value = (await store.get<KeptSubscription>(keys.subscription)) ?? null;
  lastNotice.value = (await store.get<LastNotice>(keys.lastNotice)) ?? null;
  askNotBefore.value = (await store.get<number>(keys.noticeAskedNotBefore)) ?? 0;
  await renewIfReplaced().catch(() => undefined);
  await refreshNotices();
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void refreshNotices(); });
}

export async function refreshNotices(): Promise<void> {
  lastNotice.value = (await store.get<LastNotice>(keys.lastNotice)) ?? null;
  noticeState.value = await readState();
}

/** Some browsers replace a subscription without telling the service worker; each opening looks. */
async function renewIfReplaced(): Promise<void> {
  const kept = subscription.value;
  if (kept === null || !('PushManager' in window) || Notification.permission !== 'granted') return;
  const registration = await navigator.serviceWorker.getRegistration('/citizen/');
  const pushed = await registration?.pushManager.getSubscription();
  if (registration === undefined || pushed?.endpoint === kept.endpoint) return;
  const { lon, lat, placeName, language } = kept;
  subscription.value = await subscribeFor(registration, { lon, lat, placeName, language }, kept);
  await store.set(keys.subscription, subscription.value);
}

async function readState(): Promise<NoticeState> {
  if (needsHomeScreen(navigator.userAgent, navigator.maxTouchPoints, standalone())) return 'NeedsHomeScreen';
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'Unsupported';
  if (Notification.permission === 'denied') return 'Blocked';
  if (Notification.permission === 'default') return 'NotAsked';
  const registration = await navigator.serviceWorker.getRegistration('/citizen/');
  const pushed = await registration?.pushManager.getSubscription();
  return pushed != null && subscription.value !== null ? 'On' : 'Off';
}

/** Called from a tap only: this is what opens the browser's own question. */
export async function turnOn(place: SavedPlace): Promise<void> {
  work.value = 'working';
  try {
    if (await Notification.requestPermission() !== 'granted') { work.value = 'idle'; await refreshNotices(); return; }
    const registration = await navigator.serviceWorker.ready;
    subscription.value = await subscribeFor(registration, { lon: place.lon, lat: place.lat, placeName: place.name, language: alertLanguage }, subscription.value);
    await store.set(keys.subscription, subscription.value);
    await refreshNotices();
    await test();
  } catch {
    work.value = 'failed';
    await refreshNotices();
  }
}

/** A notice that was never seen to arrive is a promise; so the first one is sent at once. */
export async function test(): Promise<void> {
  const kept = subscription.value;
  if (kept === null) return;
  try {
    await send('POST', `/dissemination/subscriptions/${kept.id}/test`, { secret: kept.secret });
    work.value = 'testSent';
  } catch {
    work.value = 'testFailed';
  }
}

export async function turnOff(): Promise<void> {
  const kept = subscription.value;
  const registration = await navigator.serviceWorker.getRegistration('/citizen/');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  subscription.value = null;
  await store.remove(keys.subscription);
  work.value = 'idle';
  await notNow();
  await refreshNotices();
  // The endpoint is already dead for the push service, so the server learns of it sooner or later even if this fails.
  if (kept !== null) await send('DELETE', `/dissemination/subscriptions/${kept.id}`, { secret: kept.secret }).catch(() => undefined);
}

export async function notNow(): Promise<void> {
  askNotBefore.value = Date.now() + QUIET_AFTER_NOT_NOW_MS;
  await store.set(keys.noticeAskedNotBefore, askNotBefore.value);
}
