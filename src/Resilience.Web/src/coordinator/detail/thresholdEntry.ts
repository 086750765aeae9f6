import type { HazardKind, HazardLevel, OwnThreshold, StationProperties } from '../../shared/api';

/** The levels a threshold can be given for, from the lowest. */
export const levels = ['Action', 'Minor', 'Moderate', 'Major'] as const satisfies readonly HazardLevel[];
export type Level = (typeof levels)[number];
/** The hours rain is summed over; a stage has none. */
type Hours = number | null;
export type Entry = Record<string, string>;

export const windowsOf = (property: StationProperties['property']): readonly Hours[] => (property === 'Rainfall' ? [1, 3, 6, 12, 24, 48, 72] : [null]);

/** What a gauge has thresholds for. */
export const concernsOf = (property: StationProperties['property']): readonly HazardKind[] =>
  property === 'Rainfall' ? ['HeavyRain', 'Landslide'] : property === 'Stage' ? ['RiverFlood'] : property === 'LakeLevel' ? ['GlacialLakeOutburst'] : [];

export const fieldOf = (level: Level, hours: Hours): string => (hours ? `${level} ${hours}` : level);

export const entryOf = (thresholds: readonly OwnThreshold[], windows: readonly Hours[] = [null]): Entry =>
  Object.fromEntries(windows.flatMap((hours) => levels.map((level) => [fieldOf(level, hours), String(thresholds.find((t) => t.level === level && (t.hours ?? null) === hours)?.value ?? '')])));

/** What was typed, as numbers; a comma counts as a point. `fault` names the field that is no number or does not lie above the level before it. */
export function read(entry: Entry, windows: readonly Hours[] = [null]): { thresholds: OwnThreshold[]; fault: string | null } {
  const thresholds: OwnThreshold[] = [];
  for (const hours of windows) {
    let before = -Infinity;
    for (const level of levels) {
      const text = (entry[fieldOf(level, hours)] ?? '').trim().replace(',', '.');
      if (text === '') continue;
      const value = Number(text);
      if (!Number.isFinite(value) || value <= before || (hours && value <= 0)) return { thresholds: [], fault: fieldOf(level, hours) };
      thresholds.push(hours ? { level, value, hours } : { level, value });
      before = value;
    }
  }
  return { thresholds, fault: null };
}
