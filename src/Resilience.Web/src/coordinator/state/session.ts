import { computed, signal } from '@preact/signals';
import type { ServerStatus, Session } from '../../shared/api';
import { setChainClock } from '../../shared/chainClock';
import { server } from '../../shared/client';
import { forgetPrivateLayers, live, past } from './layers';

export const session = signal<Session | null>(null);
export const status = signal<ServerStatus | null>(null);

export const person = computed(() => session.value?.person ?? null);
export const isCoordinator = computed(() => person.value?.role === 'coordinator');
export const isReplay = computed(() => status.value?.mode === 'replay');

/** Sending and approving need a live picture: what one approves must be what is. */
export const connected = computed(() => live.connection.value.state === 'connected' && !past.value);

export async function loadStatus(): Promise<void> {
  const answer = await server.get<ServerStatus>('/operations/status');
  setChainClock(answer.now, answer.speed);
  status.value = answer;
}

export async function loadSession(): Promise<void> {
  session.value = await server.get<Session>('/access/session');
}

async function become(next: Session): Promise<void> {
  session.value = next;
  if (next.person?.role !== 'coordinator') forgetPrivateLayers();
  await live.restart();
}

export const signIn = async (name: string, password: string): Promise<void> => become(await server.post<Session>('/access/sign-in', { name, password }));
export const signInAs = async (personId: string): Promise<void> => become(await server.post<Session>('/access/demo-sign-in', { personId }));
export const setUp = async (token: string, people: { name: string; password: string }[]): Promise<void> =>
  become(await server.post<Session>('/access/setup', { token, people }));

export async function signOut(): Promise<void> {
  await server.post('/access/sign-out');
  await loadSession();
  forgetPrivateLayers();
  await live.restart();
}
