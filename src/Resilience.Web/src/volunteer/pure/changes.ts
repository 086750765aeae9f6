// What happened to my tasks while I was not looking: each case in names and choices, never in codes.
import type { PlacedTask } from './taskList';

export type Event =
  /** The coordinator closed a task I held: leave the place. */
  | { kind: 'Closed'; task: PlacedTask }
  /** My time ran out and someone else has it. */
  | { kind: 'Lost'; task: PlacedTask; until: string; other: string };

/** Compares what I held with what the server says now. A task I gave back or finished myself is in `mineEnded` and is no news. */
export function findEvents(held: readonly PlacedTask[], after: ReadonlyMap<string, PlacedTask>, me: string, mineEnded: ReadonlySet<string>): Event[] {
  return held.flatMap((before): Event[] => {
    const now = after.get(before.id);
    if (now === undefined || mineEnded.has(before.id)) return [];
    if (now.state === 'Closed') return [{ kind: 'Closed', task: now }];
    if (now.state === 'Claimed' && now.claimedById !== me && now.claimedBy !== null) return [{ kind: 'Lost', task: now, until: before.until ?? '', other: now.claimedBy }];
    return [];
  });
}
