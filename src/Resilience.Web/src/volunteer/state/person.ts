// Who is helping. Joining needs a connection once; after that the phone remembers and the cookie speaks for the person.
import { signal } from '@preact/signals';
import type { Person, Session } from '../../shared/api';
import { get, send } from '../../shared/phone/ask';
import { ProblemError } from '../../shared/problem';
import { keys, store } from './store';

export const person = signal<Person | null>(null);
/** The server no longer knows the cookie: what is shown stays, but nothing can be taken until joining again. */
export const signedOut = signal(false);

export async function loadPerson(): Promise<void> {
  person.value = (await store.get<Person>(keys.person)) ?? null;
}

export async function askPerson(): Promise<void> {
  try {
    await keep((await get<Session>('/access/session')).person);
  } catch (error) {
    // Only a plain "I do not know you" ends it; a server in trouble must not send people back to a form.
    if (error instanceof ProblemError && (error.status === 401 || error.status === 403)) signedOut.value = person.value !== null;
  }
}

export async function join(name: string, group: string): Promise<void> {
  await keep((await send<Session>('POST', '/relief/groups/join', { name, group })).person);
}

async function keep(answered: Person | null): Promise<void> {
  signedOut.value = answered === null && person.value !== null;
  if (answered === null) return;
  person.value = answered;
  await store.set(keys.person, answered);
}
