// Which alerts stand on "Now" and in which order; everything decided by a moment given in, so that an offline phone decides like an online one.
import type { NearAlert } from '../../shared/api';
import { worstFirst } from '../../shared/severity';

export interface Sorted { now: NearAlert[]; past: NearAlert[] }

/** Worst first, then nearest, then newest. An alert is past from the minute it expires or once it was cancelled. */
export function sortAlerts(alerts: readonly NearAlert[], at: number): Sorted {
  const live = mergeThreads(alerts);
  const isPast = (a: NearAlert) => a.msgType === 'Cancel' || Date.parse(a.expires) <= at;
  return {
    now: live.filter(a => !isPast(a)).sort((a, b) =>
      worstFirst(a.severity, b.severity) || distance(a) - distance(b) || Date.parse(b.sent) - Date.parse(a.sent)),
    past: live.filter(isPast).sort((a, b) => Date.parse(b.expires) - Date.parse(a.expires)),
  };
}

/** One event, one card: of several messages of a thread only the newest stands. */
export function mergeThreads(alerts: readonly NearAlert[]): NearAlert[] {
  const newest = new Map<string, NearAlert>();
  for (const alert of alerts) {
    const known = newest.get(alert.thread);
    if (known === undefined || Date.parse(alert.sent) > Date.parse(known.sent)) newest.set(alert.thread, alert);
  }
  return [...newest.values()];
}

const PAST_KEPT_MS = 24 * 3_600_000;

/** The server's answer names only what is in force, so what has left it is remembered here for a day. */
export function rememberPast(before: readonly NearAlert[], answer: readonly NearAlert[], at: number): NearAlert[] {
  const inForce = new Set(answer.map(a => a.thread));
  return mergeThreads(before)
    .filter(a => !inForce.has(a.thread) && Date.parse(a.expires) + PAST_KEPT_MS > at)
    // Gone before its time: it was ended early, and saying "in force" from memory would be worse than saying "over".
    .map(a => (Date.parse(a.expires) > at ? { ...a, expires: new Date(at).toISOString() } : a));
}

const distance = (a: NearAlert) => (a.inside ? 0 : a.km);

const RECENT_MS = 6 * 3_600_000;
/** The newest warning that ended in the last six hours: whoever acted on it must read that it ended, not find an empty page. */
export const justEnded = (past: readonly NearAlert[], now: number): NearAlert | null =>
  [...past].sort((a, b) => Date.parse(b.expires) - Date.parse(a.expires)).find(a => now - Date.parse(a.expires) <= RECENT_MS) ?? null;
