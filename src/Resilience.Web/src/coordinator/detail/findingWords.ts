import type { NeighbourFinding } from '../../shared/api';
import { quantity, timeOrDay } from '../state/format';
import { words } from '../words';

const t = words.finding;

/** A difference with its sign: +2.5 °C. */
const signed = (value: number, unit: string): string => `${value > 0 ? '+' : ''}${quantity(value, unit)}`;

/** What a finding says, in a sentence or two: what, since when, and what follows from it. */
export function findingWords(f: NeighbourFinding): string {
  const name = t.property[f.property] ?? f.property;
  const since = timeOrDay(f.since);
  const what = f.kind === 'Dry' ? t.dry(quantity(f.expected, f.unit), since)
    : f.kind === 'Drift' ? t.drift(name, signed(f.value - f.expected, f.unit), since, f.perDay === null ? '' : signed(f.perDay, f.unit))
      : t.apart(name, quantity(Math.abs(f.value - f.expected), f.unit), f.value > f.expected, since);
  return `${what} ${f.until === null ? (f.kind === 'Dry' ? t.dryFollows : t.follows) : t.ended(timeOrDay(f.until))}`;
}

/** The comparison as rows: the station first, then its neighbours, nearest first. A drift compares days and has none. */
export function comparisonRows(f: NeighbourFinding): { station: string; name: string; kilometres: number | null; value: number; adjusted: number | null }[] {
  if (f.neighbours.length === 0) return [];
  const rows = [...f.neighbours].sort((a, b) => a.kilometres - b.kilometres)
    .map((one) => ({ station: one.station, name: one.name, kilometres: one.kilometres, value: one.value, adjusted: Math.abs(one.adjusted - one.value) < 0.05 ? null : one.adjusted }));
  return [{ station: f.station, name: f.stationName, kilometres: null, value: f.value, adjusted: null }, ...rows];
}
