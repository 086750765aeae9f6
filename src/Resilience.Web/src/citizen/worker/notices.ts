import { noticeFrom, type Notice } from '../pure/notice';
import type { LastNotice } from '../state/notices';
import { keys, store } from '../state/store';

declare const self: ServiceWorkerGlobalScope;

/** Always shows something: a browser that sees a silent push takes the subscription away. */
export async function showNotice(raw: string | null): Promise<void> {
  const ranks = new Map<string, number>();
  const thread = noticeFrom(raw, () => Infinity).thread;
  if (thread !== null) ranks.set(thread, await store.get<number>(keys.threadRank + thread).catch(() => undefined) ?? Infinity);
  const notice = noticeFrom(raw, t => ranks.get(t) ?? Infinity);
  await self.registration.showNotification(notice.title, options(notice));
  await remember(notice).catch(() => undefined);
}

function options(notice: Notice): NotificationOptions {
  return {
    body: notice.body,
    tag: notice.tag,
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    requireInteraction: notice.requireInteraction,
    data: notice.path,
    ...(notice.lang === undefined ? {} : { lang: notice.lang }),
    // Known to every browser that has push on a phone, missing from the type.
    ...{ renotify: notice.renotify, vibrate: notice.renotify ? [400, 150, 400, 150, 400] : undefined },
  };
}

async function remember(notice: Notice): Promise<void> {
  await store.set(keys.lastNotice, { title: notice.title, at: Date.now() } satisfies LastNotice);
  if (notice.thread !== null)
    await store.update<number>(keys.threadRank + notice.thread, before => Math.min(before ?? Infinity, notice.rank));
}

/** Brings an open window to the alert instead of opening a second one. */
export async function openNotice(path: unknown): Promise<void> {
  const address = typeof path === 'string' ? path : '/citizen/';
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const mine = windows.find(w => new URL(w.url).pathname.startsWith('/citizen/'));
  if (mine === undefined) { await self.clients.openWindow(address); return; }
  await mine.navigate(address).catch(() => null);
  await mine.focus();
}
