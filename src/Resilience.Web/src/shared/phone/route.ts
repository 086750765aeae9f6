// Pages are hashes: they work offline, in a shared link and with the phone's Back key, and the server needs no routes for them.
import { signal } from '@preact/signals';

export interface Route { page: string; id: string | null }

export function readRoute(hash: string): Route {
  const [page = '', id] = hash.replace(/^#?\/?/, '').split('/');
  return { page, id: id === undefined || id === '' ? null : decodeURIComponent(id) };
}

export const route = signal<Route>({ page: '', id: null });

export function startRouting(): void {
  const read = () => { route.value = readRoute(location.hash); };
  read();
  addEventListener('hashchange', () => { read(); scrollTo(0, 0); });
}

export const go = (path: string): void => { location.hash = `/${path}`; };
/** Leaves a page the way it was entered; a page opened from a notice goes to the start. */
export const goBack = (): void => { if (history.length > 1 && document.referrer === '' && arrivedHere) history.back(); else go(''); };

let arrivedHere = false;
if (typeof addEventListener === 'function') addEventListener('hashchange', () => { arrivedHere = true; });
