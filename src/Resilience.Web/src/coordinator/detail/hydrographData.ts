import type { HazardLevel, LeadForecast, ObservationPoint, StationForecast, Threshold } from '../../shared/api';
import { levelRank } from '../../shared/severity';

export interface Series { time: number[]; value: (number | null)[]; suspect: (number | null)[] }

const untrusted = new Set(['Suspect', 'OutOfRange', 'RateOfChange', 'Stuck', 'Future']);
export const isSuspect = (quality: string[]): boolean => quality.some((q) => untrusted.has(q));

/** Seconds for uPlot. Suspect values go to their own series; beyond twice the expected interval the line is broken, never joined. */
export function toSeries(points: ObservationPoint[], everySeconds: number): Series {
  const series: Series = { time: [], value: [], suspect: [] };
  const longest = 2 * (everySeconds > 0 ? everySeconds : 900);
  let lastGood: number | null = null;
  for (const p of points) {
    const at = Date.parse(p.time) / 1000;
    const bad = isSuspect(p.quality);
    if (!bad && lastGood !== null && at - lastGood > longest) {
      series.time.push(lastGood + 1); series.value.push(null); series.suspect.push(null);
    }
    // Two revisions of one moment: the later in the list stands.
    if (series.time.at(-1) === at) { series.time.pop(); series.value.pop(); series.suspect.pop(); }
    series.time.push(at);
    // undefined would break the line at a suspect value; uPlot joins across undefined and breaks at null.
    series.value.push(bad ? (undefined as unknown as null) : p.value);
    series.suspect.push(bad ? p.value : null);
    if (!bad) lastGood = at;
  }
  return series;
}

/** The thresholds to draw: all that were reached or lie in view, and always the next one above. */
export function nextAbove(thresholds: Threshold[], value: number): Threshold | null {
  return thresholds.filter((t) => t.value > value).sort((a, b) => a.value - b.value)[0] ?? null;
}

/** From a little below the lowest value to a little above the highest, with the next threshold always inside. */
export function yRange(points: ObservationPoint[], thresholds: Threshold[]): [number, number] {
  const trusted = points.filter((p) => !isSuspect(p.quality)).map((p) => p.value);
  const span = Math.max(...trusted) - Math.min(...trusted);
  // A suspect value far away must not flatten the rest: it is drawn at the edge, and the table has its figure.
  const shown = trusted.length === 0 ? points.map((p) => p.value) : trusted.concat(points.filter((p) => isSuspect(p.quality) && Math.abs(p.value - trusted.at(-1)!) <= span).map((p) => p.value));
  if (shown.length === 0) return [0, Math.max(1, ...thresholds.map((t) => t.value))];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const top = Math.max(high, nextAbove(thresholds, high)?.value ?? high);
  // Above every threshold: the highest one reached stays in sight, or the height over it means nothing.
  const reached = Math.max(...thresholds.filter((t) => t.value <= high).map((t) => t.value));
  const bottom = top === high && Number.isFinite(reached) ? Math.min(low, reached) : low;
  const pad = Math.max((top - bottom) * 0.08, Math.abs(top) * 0.005, 0.02);
  // No rain is not drawn halfway up: what is never below zero begins there.
  return [low >= 0 ? Math.max(0, bottom - pad) : bottom - pad, top + pad];
}

export interface Reading {
  trend: 'rising' | 'falling' | 'steady' | 'unknown'; value: number; time: string;
  below: { level: HazardLevel; gap: number; reachedAt: number | null } | null; above: { level: HazardLevel; gap: number } | null; suspect: number;
}

/** What the sentence under the graph says, from trusted values only; null when there is none. */
export function readSeries(points: ObservationPoint[], thresholds: Threshold[]): Reading | null {
  const good = points.filter((p) => !isSuspect(p.quality));
  const last = good.at(-1);
  if (!last) return null;
  const at = Date.parse(last.time);
  const before = [...good].reverse().find((p) => at - Date.parse(p.time) >= 45 * 60_000);
  const hours = before ? (at - Date.parse(before.time)) / 3_600_000 : 0;
  const perHour = before && hours <= 6 ? (last.value - before.value) / hours : null;
  const step = Math.max(0.005, Math.abs(last.value) * 0.002);
  const trend = perHour === null ? 'unknown' : perHour > step ? 'rising' : perHour < -step ? 'falling' : 'steady';
  const next = nextAbove(thresholds, last.value);
  const passed = thresholds.filter((t) => t.value <= last.value && t.level !== 'None').sort((a, b) => levelRank(a.level) - levelRank(b.level))[0];
  const hoursTo = next && trend === 'rising' && perHour ? (next.value - last.value) / perHour : null;
  return {
    trend, value: last.value, time: last.time,
    // A straight line further than 12 h is not a forecast but a wish.
    below: next ? { level: next.level, gap: next.value - last.value, reachedAt: hoursTo !== null && hoursTo <= 12 ? at + hoursTo * 3_600_000 : null } : null,
    above: !next && passed ? { level: passed.level, gap: last.value - passed.value } : null,
    suspect: points.length - good.length,
  };
}

export interface Band { time: number[]; low: number[]; middle: number[]; high: number[] }

/** The forecast as a band that opens at the value it was made from; null without one. */
export function toBand(forecast: StationForecast | null): Band | null {
  if (!forecast || forecast.madeAt === null || forecast.value === null || forecast.leads.length === 0) return null;
  const leads = [...forecast.leads].sort((a, b) => a.leadHours - b.leadHours);
  const of = (pick: (lead: LeadForecast) => number): number[] => [forecast.value!, ...leads.map(pick)];
  return { time: [forecast.madeAt, ...leads.map((l) => l.time)].map((x) => Date.parse(x) / 1000), low: of((l) => l.low), middle: of((l) => l.middle), high: of((l) => l.high) };
}

/** A range that holds the band too. */
export const withBand = ([low, high]: [number, number], band: Band | null): [number, number] => {
  if (!band) return [low, high];
  const [bottom, top] = [Math.min(low, ...band.low), Math.max(high, ...band.high)];
  const pad = (top - bottom) * 0.04;
  return [bottom < low ? bottom - pad : low, top > high ? top + pad : high];
};
