import { subscribeFor, type KeptSubscription } from '../state/subscribing';
import { keys, store } from '../state/store';

declare const self: ServiceWorkerGlobalScope;

/** The browser replaced the push subscription: the server must learn the new one, or the next warning goes nowhere. */
export async function renewSubscription(): Promise<void> {
  const kept = await store.get<KeptSubscription>(keys.subscription);
  if (kept === undefined) return;
  const { lon, lat, placeName, language } = kept;
  await store.set(keys.subscription, await subscribeFor(self.registration, { lon, lat, placeName, language }, kept));
}
