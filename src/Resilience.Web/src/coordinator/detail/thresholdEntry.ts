import type { HazardLevel, OwnThreshold } from '../../shared/api';

/** The levels a threshold can be given for, from the lowest. */
export const levels = ['Action', 'Minor', 'Moderate', 'Major'] as const satisfies readonly HazardLevel[];
export type Level = (typeof levels)[number];
export type Entry = Record<Level, string>;

export const entryOf = (thresholds: readonly OwnThreshold[]): Entry =>
  Object.fromEntries(levels.map((level) => [level, String(thresholds.find((t) => t.level === level)?.value ?? '')])) as Entry;

/** What was typed, as numbers; a comma counts as a point. `fault` names the level that is no number or does not lie above the one before. */
export function read(entry: Entry): { thresholds: OwnThreshold[]; fault: Level | null } {
  const thresholds: OwnThreshold[] = [];
  for (const level of levels) {
    const text = entry[level].trim().replace(',', '.');
    if (text === '') continue;
    const value = Number(text);
    if (!Number.isFinite(value) || (thresholds.length > 0 && value <= thresholds.at(-1)!.value)) return { thresholds: [], fault: level };
    thresholds.push({ level, value });
  }
  return { thresholds, fault: null };
}
