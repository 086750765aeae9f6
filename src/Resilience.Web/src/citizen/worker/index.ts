// The citizen's service worker: the face without signal, push notices, and answers that wait for signal.
import { keepShell } from '../../shared/phone/worker/shell';
import { sendWaitingAnswers } from './answers';
import { openNotice, showNotice } from './notices';
import { renewSubscription } from './renew';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: the addresses of this face's files. */
declare const __SHELL__: string[];

keepShell({ face: 'citizen', files: [...__SHELL__, '/icons/resilience.svg', '/icons/exercise.svg', '/icons/icon-192.png', '/icons/badge-96.png'], answers: ['/dissemination/now', '/operations/status'] });

self.addEventListener('push', event => event.waitUntil(showNotice(event.data?.text() ?? null)));
self.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(openNotice(event.notification.data));
});
self.addEventListener('pushsubscriptionchange', event => (event as ExtendableEvent).waitUntil(renewSubscription()));
self.addEventListener('sync', event => (event as ExtendableEvent).waitUntil(sendWaitingAnswers()));
