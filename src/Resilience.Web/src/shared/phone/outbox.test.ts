import { describe, expect, it } from 'vitest';
import { ProblemError, unreachable } from '../problem';
import { memoryKeyValueStore } from './keyValueStore';
import { listDue, Outbox, pack, postponed, sending, type Parcel } from './outbox';

const refusal = (status: number, code: string) => new ProblemError({ title: 'no', detail: 'Pema was 6 min earlier.', status, code });

function outboxWith(post: (path: string, body: unknown) => Promise<unknown>) {
  const clock = { now: 0 };
  const store = memoryKeyValueStore();
  return { clock, store, outbox: new Outbox(store, 'x:', post, () => clock.now) };
}

const only = async (outbox: Outbox): Promise<Parcel> => (await outbox.list())[0] as Parcel;

describe('a message on its way', () => {
  it('stays saved while nothing is heard, and is confirmed by the first answer', async () => {
    let signal = false;
    const { outbox, clock } = outboxWith(async () => { if (!signal) throw unreachable(); return { id: 'a' }; });
    await outbox.put('k', '/p', {});
    await outbox.flush();
    expect(await only(outbox)).toMatchObject({ state: 'Saved', tries: 1, answer: null });
    signal = true;
    clock.now = 5_000;
    await outbox.flush();
    expect(await only(outbox)).toMatchObject({ state: 'Confirmed', confirmedAt: 5_000, answer: { id: 'a' } });
  });

  it('is sent with the same key however often it is tried', async () => {
    const keys: unknown[] = [];
    const { outbox, clock } = outboxWith(async (_, body) => { keys.push((body as { key: string }).key); throw unreachable(); });
    await outbox.put('k', '/p', { key: 'k' });
    for (const at of [0, 5_000, 15_000]) { clock.now = at; await outbox.flush(); }
    expect(keys).toEqual(['k', 'k', 'k']);
  });

  it('needs a person once the server said no', async () => {
    const { outbox } = outboxWith(async () => { throw refusal(409, 'relief.already-claimed'); });
    await outbox.put('k', '/p', {});
    await outbox.flush();
    expect(await only(outbox)).toMatchObject({ state: 'NeedsYou', problem: { code: 'relief.already-claimed', text: 'Pema was 6 min earlier.' } });
  });

  it('waits, and asks nobody, when the server is only busy', async () => {
    const { outbox } = outboxWith(async () => { throw refusal(503, 'server.not-ready'); });
    await outbox.put('k', '/p', {});
    await outbox.flush();
    expect((await only(outbox)).state).toBe('Saved');
  });

  it('stops at the first silence instead of waiting for a time-out with each of the rest', async () => {
    let tries = 0;
    const { outbox } = outboxWith(async () => { tries++; throw unreachable(); });
    await outbox.put('a', '/p', {});
    await outbox.put('b', '/p', {});
    await outbox.flush();
    expect(tries).toBe(1);
  });

  it('keeps an answer that the service worker heard meanwhile', async () => {
    const { outbox, store } = outboxWith(async () => {
      await store.update<Parcel>('x:k', before => ({ ...(before as Parcel), state: 'Confirmed', confirmedAt: 1 }));
      throw unreachable();
    });
    await outbox.put('k', '/p', {});
    await outbox.flush();
    expect(await only(outbox)).toMatchObject({ state: 'Confirmed', confirmedAt: 1 });
  });

  it('waits longer after each silence, but never more than a minute', () => {
    let parcel: Parcel = pack('k', '/p', {}, 0);
    const waits = Array.from({ length: 6 }, () => { parcel = postponed(sending(parcel), 0); return parcel.nextTry; });
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('is due again when the page was closed half way', () => {
    expect(listDue([sending(pack('k', '/p', {}, 0))], 0)).toHaveLength(1);
  });
});
