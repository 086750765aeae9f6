/** How old a value is, against how often its source speaks. */
export type AgeClass = 'fresh' | 'ageing' | 'stale' | 'silent';

const hour = 3_600_000;

/**
 * Up to 1.5 expected intervals a value is fresh, up to 3 it ages, over 3 it is stale, over 6 (and never under 3 h) its source is
 * silent. An unknown interval counts as 15 minutes, the usual one of river gauges.
 */
export function ageClass(ageMs: number, expectedEveryMs: number): AgeClass {
  const every = expectedEveryMs > 0 ? expectedEveryMs : 15 * 60_000;
  if (ageMs <= 1.5 * every) return 'fresh';
  if (ageMs <= 3 * every) return 'ageing';
  return ageMs <= Math.max(6 * every, 3 * hour) ? 'stale' : 'silent';
}

/** An age split into what a person says: under a minute, minutes to 90, hours to 48, days. A future time counts as now. */
export function splitAge(ageMs: number): { unit: 'now' | 'min' | 'h' | 'd'; count: number } {
  const minutes = Math.floor(ageMs / 60_000);
  if (minutes < 1) return { unit: 'now', count: 0 };
  if (minutes < 90) return { unit: 'min', count: minutes };
  const hours = Math.round(minutes / 60);
  return hours < 48 ? { unit: 'h', count: hours } : { unit: 'd', count: Math.round(hours / 24) };
}
