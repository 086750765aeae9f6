// Whose task it is and for how long. The server's clock decides; this only says what it will decide.
import type { TaskProperties } from '../../shared/api';

const MINUTE = 60_000;
export const SOON_MS = 15 * MINUTE;
export const LAST_MS = 5 * MINUTE;
/** After the end the server waits this long before the task returns to the pool. */
export const GRACE_MS = 10 * MINUTE;
export const MOST_CLAIMS = 2;
export const MOST_EXTENSIONS = 2;

/** Held: time enough. Soon: 15 min and less. Last: 5 min and less. Grace: over, but not yet given away. */
export type ClaimPhase = 'Held' | 'Soon' | 'Last' | 'Grace' | 'Over';
export interface ClaimTime { phase: ClaimPhase; leftMs: number; /** 1 = the whole time is left, 0 = none. */ fraction: number }

/** `lengthMs` is how long the claim runs in all; the ring shows what is left of it. */
export function claimTime(until: number, at: number, lengthMs: number): ClaimTime {
  const leftMs = Math.max(0, until - at);
  const fraction = lengthMs > 0 ? Math.min(1, leftMs / lengthMs) : 0;
  return { phase: phaseOf(until - at), leftMs, fraction };
}

function phaseOf(left: number): ClaimPhase {
  if (left > SOON_MS) return 'Held';
  if (left > LAST_MS) return 'Soon';
  if (left > 0) return 'Last';
  return left > -GRACE_MS ? 'Grace' : 'Over';
}

/** Minutes at which a person is reminded, crossed between two looks at the clock; null when none was. */
export function reminderDue(until: number, before: number, at: number): 15 | 5 | null {
  const crossed = (mark: number) => until - before > mark && until - at <= mark && until - at > 0;
  if (crossed(LAST_MS)) return 5;
  return crossed(SOON_MS) ? 15 : null;
}

/** Why a task cannot be taken now; null when it can. A live alert over the place outweighs everything else. */
export type Hindrance = 'Warning' | 'Taken' | 'TooMany' | 'Ended';
export function hindrance(task: TaskProperties, held: number): Hindrance | null {
  if (task.warning !== null) return 'Warning';
  if (task.state === 'Done' || task.state === 'Closed') return 'Ended';
  if (task.state === 'Claimed') return 'Taken';
  return held >= MOST_CLAIMS ? 'TooMany' : null;
}
