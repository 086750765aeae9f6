// Subscribing to push, as the page does it on a tap and the service worker does it again when the browser changed the subscription.
import type { Subscription } from '../../shared/api';
import { get, send } from '../../shared/phone/ask';

export interface SubscribedPlace { lon: number; lat: number; placeName: string; language: string }
/** `id` and `secret` are the only way to change or end it; they never leave this phone except to do so. */
export interface KeptSubscription extends SubscribedPlace { id: string; secret: string; endpoint: string }

export async function subscribeFor(registration: ServiceWorkerRegistration, place: SubscribedPlace, before: KeptSubscription | null): Promise<KeptSubscription> {
  const { publicKey } = await get<{ publicKey: string }>('/dissemination/key');
  const pushed = await pushSubscription(registration, publicKey);
  const answer = await send<{ id: string; secret: string }>('POST', '/dissemination/subscriptions', describe(pushed, place));
  if (before !== null && before.id !== answer.id)
    await send('DELETE', `/dissemination/subscriptions/${before.id}`, { secret: before.secret }).catch(() => undefined);
  return { ...place, ...answer, endpoint: pushed.endpoint };
}

/** A subscription made under another server key would be refused by the push service, so it is made anew. */
async function pushSubscription(registration: ServiceWorkerRegistration, publicKey: string): Promise<PushSubscription> {
  const key = fromBase64Url(publicKey);
  const existing = await registration.pushManager.getSubscription();
  if (existing !== null) {
    const used = existing.options.applicationServerKey;
    if (used !== null && sameBytes(new Uint8Array(used), key)) return existing;
    await existing.unsubscribe();
  }
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function describe(pushed: PushSubscription, place: SubscribedPlace): Subscription {
  const json = pushed.toJSON();
  return { ...place, endpoint: pushed.endpoint, p256dh: json.keys?.['p256dh'] ?? '', auth: json.keys?.['auth'] ?? '' };
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/').padEnd(Math.ceil(text.length / 4) * 4, '='));
  return Uint8Array.from(binary, c => c.charCodeAt(0));
}

const sameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
