// The offline queue. What a person says is written down first and sent second, so a lost signal costs time, never the message.
import type { KeyValueStore } from './keyValueStore';
import { ProblemError } from '../problem';
import { heardNothing } from './ask';

export type ParcelState = 'Saved' | 'Sending' | 'Confirmed' | 'NeedsYou';

/** One message on its way. `key` is the idempotency key: sent twice, it still counts once. */
export interface Parcel<Body = unknown> {
  key: string;
  path: string;
  body: Body;
  state: ParcelState;
  /** Phone time, ms. */
  savedAt: number;
  tries: number;
  /** Not before this phone time, ms. */
  nextTry: number;
  confirmedAt: number | null;
  /** What the server answered, once confirmed. */
  answer: unknown;
  /** Why a person has to look, once the server refused. */
  problem: { code: string; text: string } | null;
}

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;

export function pack<Body>(key: string, path: string, body: Body, now: number): Parcel<Body> {
  return { key, path, body, state: 'Saved', savedAt: now, tries: 0, nextTry: now, confirmedAt: null, answer: null, problem: null };
}

export const sending = (parcel: Parcel): Parcel => ({ ...parcel, state: 'Sending', tries: parcel.tries + 1 });

export const confirmed = (parcel: Parcel, answer: unknown, now: number): Parcel => ({ ...parcel, state: 'Confirmed', answer, confirmedAt: now, problem: null });

/** The server understood and said no: trying again by itself would only repeat the no. */
export const refused = (parcel: Parcel, code: string, text: string): Parcel => ({ ...parcel, state: 'NeedsYou', problem: { code, text } });

/** No answer: back to Saved, waiting a little longer each time so that a weak signal is not used up by retries. */
export const postponed = (parcel: Parcel, now: number): Parcel =>
  ({ ...parcel, state: 'Saved', nextTry: now + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, parcel.tries - 1)) });

/** A refusal that says nothing about the message itself: the server is busy, starting or behind a broken relay. */
export const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** Sending counts as due as well: a page closed half way never learned the answer, and the key makes the repeat harmless. */
export const listDue = (parcels: readonly Parcel[], now: number): Parcel[] =>
  parcels.filter(p => (p.state === 'Saved' && p.nextTry <= now) || p.state === 'Sending').sort((a, b) => a.savedAt - b.savedAt);

export class Outbox {
  private flushing: Promise<void> | null = null;

  constructor(
    private readonly store: KeyValueStore,
    private readonly prefix: string,
    private readonly post: (path: string, body: unknown) => Promise<unknown>,
    private readonly now: () => number,
    private readonly changed: () => void = () => undefined,
  ) {}

  list(): Promise<Parcel[]> { return this.store.list<Parcel>(this.prefix); }

  async put(key: string, path: string, body: unknown): Promise<void> {
    await this.write(pack(key, path, body, this.now()));
  }

  async forget(key: string): Promise<void> {
    await this.store.remove(this.prefix + key);
    this.changed();
  }

  /** Forces another try of everything saved, e.g. when the signal comes back. */
  async hurry(): Promise<void> {
    for (const parcel of await this.list())
      if (parcel.state === 'Saved') await this.write({ ...parcel, nextTry: this.now() });
    await this.flush();
  }

  /** Sends what is due, oldest first; calls made while one is under way share it. */
  flush(): Promise<void> {
    return (this.flushing ??= this.sendDue().finally(() => { this.flushing = null; }));
  }

  private async sendDue(): Promise<void> {
    for (const parcel of listDue(await this.list(), this.now())) {
      const under = sending(parcel);
      await this.write(under);
      try {
        await this.write(confirmed(under, await this.post(under.path, under.body), this.now()));
      } catch (error) {
        if (error instanceof ProblemError && !heardNothing(error) && !isPassing(error.status)) await this.write(refused(under, error.code, error.message));
        else await this.write(postponed(under, this.now()));
        // Without any answer the rest would wait for its time-out in vain.
        if (heardNothing(error)) return;
      }
    }
  }

  private async write(parcel: Parcel): Promise<void> {
    // Page and service worker may send the same parcel: an answer heard by one is never overwritten by the other's silence.
    await this.store.update<Parcel>(this.prefix + parcel.key, before => (before?.state === 'Confirmed' ? before : parcel));
    this.changed();
  }
}
