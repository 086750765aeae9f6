// "I am safe" and "Need help": written down on the phone first, sent as soon as there is signal.
import { signal } from '@preact/signals';
import type { Answer } from '../../shared/api';
import { send } from '../../shared/phone/ask';
import { newKey } from '../../shared/phone/newKey';
import { Outbox, type Parcel } from '../../shared/phone/outbox';
import { keys, store } from './store';

export const ANSWERS_PATH = '/dissemination/answers';
/** Name of the background sync: the service worker sends what the closed page could not. */
export const ANSWERS_SYNC = 'answers';

export const answers = signal<Parcel<Answer>[]>([]);

const outbox = new Outbox(store, keys.answer, (path, body) => send('POST', path, body), () => Date.now(), () => void refresh());

async function refresh(): Promise<void> {
  answers.value = ((await outbox.list()) as Parcel<Answer>[]).sort((a, b) => b.savedAt - a.savedAt);
}

export async function answer(body: Omit<Answer, 'key'>): Promise<string> {
  const key = newKey();
  await outbox.put(key, ANSWERS_PATH, { key, ...body } satisfies Answer);
  void outbox.flush();
  void askForBackgroundSync();
  return key;
}

export const sendAnswersNow = (): Promise<void> => outbox.hurry();
export const forgetAnswer = (key: string): Promise<void> => outbox.forget(key);

export async function startAnswers(): Promise<void> {
  await refresh();
  void outbox.flush();
  setInterval(() => { if (answers.value.some(p => p.state === 'Saved')) void outbox.flush(); }, 5_000);
  addEventListener('online', () => void outbox.hurry());
  // The service worker may have sent something meanwhile.
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void refresh(); });
}

async function askForBackgroundSync(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker?.ready;
    await (registration as unknown as { sync?: { register(name: string): Promise<void> } }).sync?.register(ANSWERS_SYNC);
  } catch {
    // Not every browser has it; the open page sends as well.
  }
}
