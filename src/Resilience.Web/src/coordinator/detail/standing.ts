import type { ThresholdSet } from '../../shared/api';
import { words } from '../words';

const t = words.thresholds.standing;
const day = (time: string): string => time.slice(0, 10);

/** What nobody may overlook about the thresholds of a gauge, in as few words as fit beside their count; null when all are verified. */
export function doubt(sets: ThresholdSet[]): string | null {
  const worst = sets.some((one) => one.standing === 'NeverVerified') ? 'NeverVerified' : sets.some((one) => one.standing === 'WithoutHistory') ? 'WithoutHistory' : null;
  return worst && t[worst].toLocaleLowerCase();
}

/** The sentences that say how well a set is known. A decision to do without history is told even after it was verified. */
export function standingLines(set: ThresholdSet): string[] {
  const lines: string[] = [];
  if (set.standing === 'NeverVerified') lines.push(t.never);
  if (set.withoutHistory) lines.push(t.without(set.withoutHistory.reason, set.withoutHistory.proposedBy, set.withoutHistory.decidedBy, day(set.withoutHistory.at)));
  if (set.result && set.heardDays !== null) {
    const { scores, raised, from, to } = set.result;
    const came = scores ? t.scores(scores.hits, scores.misses, scores.falseAlarms) : (raised ?? []).filter((one) => one.times > 0).map((one) => t.raised(words.levelLong[one.level], one.times)).join(', ');
    lines.push([t.on(set.heardDays.toFixed(0), day(from), day(to)), came].filter(Boolean).join(': '));
  }
  return lines;
}
