// What both phone faces' service workers do: keep the face's own files, and the last good answer of a few addresses.

declare const self: ServiceWorkerGlobalScope;

/** On an answer that was kept earlier. A page must not take it for a fresh one. */
export const SAVED_ANSWER_HEADER = 'x-resilience-saved';

export interface Shell {
  /** The face's name, as in its address. */
  face: string;
  /** Addresses of the face's built files. Another build has other addresses, and so another cache. */
  files: readonly string[];
  /** Paths whose last good answer is kept: asked from the server first, from the phone when it stays silent. */
  answers: readonly string[];
}

const ANSWER_WITHIN_MS = 8_000;

export function keepShell({ face, files, answers }: Shell): void {
  const shellCache = `${face}-shell-${fingerprint(files.join())}`;
  const answerCache = `${face}-answers`;
  const start = `/${face}/`;

  self.addEventListener('install', event => {
    event.waitUntil(caches.open(shellCache)
      .then(cache => cache.addAll(files.map(file => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()));
  });

  self.addEventListener('activate', event => {
    event.waitUntil(caches.keys()
      .then(names => Promise.all(names.filter(n => n.startsWith(`${face}-shell-`) && n !== shellCache).map(n => caches.delete(n))))
      .then(() => self.clients.claim()));
  });

  self.addEventListener('fetch', event => {
    const url = new URL(event.request.url);
    if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
    if (event.request.mode === 'navigate') {
      // The kept page first: at 400 kbit/s the network would cost seconds, and a new build replaces it in the background.
      if (url.pathname.startsWith(start)) event.respondWith(kept(shellCache, start).then(page => page ?? fetch(event.request)));
      return;
    }
    if (answers.includes(url.pathname)) { event.respondWith(serverFirst(answerCache, event.request)); return; }
    if (files.includes(url.pathname)) event.respondWith(kept(shellCache, url.pathname).then(file => file ?? fetch(event.request)));
  });
}

const kept = async (cache: string, address: string): Promise<Response | undefined> => (await caches.open(cache)).match(address);

async function serverFirst(cacheName: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const response = await within(fetch(request), ANSWER_WITHIN_MS);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch {
    const saved = await cache.match(request);
    if (saved === undefined) return Response.error();
    const headers = new Headers(saved.headers);
    headers.set(SAVED_ANSWER_HEADER, '1');
    return new Response(await saved.blob(), { status: 200, headers });
  }
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too late')), ms);
    work.then(value => { clearTimeout(timer); resolve(value); }, error => { clearTimeout(timer); reject(error); });
  });
}

/** Short name for a list of files; only ever compared with itself. */
function fingerprint(text: string): string {
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = ((hash * 33) ^ text.charCodeAt(i)) >>> 0;
  return hash.toString(36);
}
