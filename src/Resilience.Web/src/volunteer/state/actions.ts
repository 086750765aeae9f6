// Taking, giving back, finishing: written down first, sent when it can be, each counted once.
import { signal } from '@preact/signals';
import type { TaskProperties } from '../../shared/api';
import { send } from '../../shared/phone/ask';
import { now } from '../../shared/phone/clock';
import { newKey } from '../../shared/phone/newKey';
import { Outbox, type Parcel } from '../../shared/phone/outbox';
import { keys, store } from './store';
import { endedByMe, pollTasks, take, tasks } from './tasks';

export type Verb = 'claim' | 'release' | 'done';
export interface ActionBody { key: string; verb: Verb; task: string; title: string; reason?: string; note?: string }
export type Action = Parcel<ActionBody>;

/** When I took a task and how often I extended: the ring shows the part that is left. */
export interface Claim { task: string; since: number; extended: number }

export const actions = signal<Action[]>([]);
export const claims = signal<Record<string, Claim>>({});

const outbox = new Outbox(store, keys.action, post, () => Date.now(), () => void refresh());

async function post(path: string, body: unknown): Promise<unknown> {
  const { key, verb, task, reason, note } = body as ActionBody;
  const answer = await send<TaskProperties | undefined>('POST', path, { key, ...(reason === undefined ? {} : { reason }), ...(note === undefined ? {} : { note }) });
  if (verb === 'claim') await rememberClaim({ task, since: now(), extended: 0 });
  if (answer != null && typeof answer === 'object' && 'id' in answer) take(answer);
  else void pollTasks();
  return answer;
}

async function refresh(): Promise<void> {
  actions.value = (await outbox.list()) as Action[];
}

export async function act(verb: Verb, task: TaskProperties, more: { reason?: string; note?: string } = {}): Promise<void> {
  const key = newKey();
  if (verb !== 'claim') endedByMe.add(task.id);
  else endedByMe.delete(task.id);
  await outbox.put(key, `/relief/tasks/${encodeURIComponent(task.id)}/${verb}`, { key, verb, task: task.id, title: task.title, ...more } satisfies ActionBody);
  await outbox.flush();
}

/** Only with signal: an extension nobody heard would be a false promise. */
export async function extend(task: TaskProperties): Promise<void> {
  take(await send<TaskProperties>('POST', `/relief/tasks/${encodeURIComponent(task.id)}/extend`));
  const before = claims.value[task.id];
  await rememberClaim({ task: task.id, since: before?.since ?? now(), extended: (before?.extended ?? 0) + 1 });
}

export const sendActionsNow = (): Promise<void> => outbox.hurry();
export const dismissAction = (key: string): Promise<void> => outbox.forget(key);

/** The newest message about a task that the server has not yet confirmed. */
export const pendingFor = (taskId: string): Action | undefined =>
  actions.value.filter(a => a.body.task === taskId && a.state !== 'Confirmed').sort((a, b) => b.savedAt - a.savedAt)[0];

const CONFIRMED_KEPT_MS = 30 * 60_000;

export async function startActions(): Promise<void> {
  claims.value = (await store.get<Record<string, Claim>>(keys.claims)) ?? {};
  await refresh();
  for (const old of actions.value.filter(a => a.state === 'Confirmed' && (a.confirmedAt ?? 0) < Date.now() - CONFIRMED_KEPT_MS)) await outbox.forget(old.key);
  for (const ended of actions.value.filter(a => a.body.verb !== 'claim')) endedByMe.add(ended.body.task);
  void outbox.flush();
  setInterval(() => { if (actions.value.some(a => a.state === 'Saved')) void outbox.flush(); }, 5_000);
  addEventListener('online', () => void outbox.hurry());
}

async function rememberClaim(claim: Claim): Promise<void> {
  const stillKnown = Object.values(claims.value).filter(c => c.task !== claim.task && tasks.value.has(c.task));
  claims.value = Object.fromEntries([...stillKnown, claim].map(c => [c.task, c]));
  await store.set(keys.claims, claims.value);
}
