import type { FeedTrial } from '../../shared/api';
import { words } from '../words';

const t = words.feedTrial;
/** Good: nothing speaks against it. Doubt: a person should look. Bad: nothing would be stored, or what is stored would mislead. */
export type Tone = 'good' | 'doubt' | 'bad';
export interface Finding { tone: Tone; text: string }
export interface Verdict { tone: Tone; line: string; findings: Finding[] }

const hour = 3_600_000;
const day = 24 * hour;
/** Reasons that a single value was set aside before it counted as read. */
const perValue = new Set(['not-a-number', 'no-time', 'no-zone', 'no-station', 'wrong-columns', 'unit-changes', 'interpolation-changes']);
const rank: Record<Tone, number> = { bad: 0, doubt: 1, good: 2 };

/** What a person should make of a trial, in a line and in findings, the worst first. `now` is the chain's clock. */
export function judge(trial: FeedTrial, now: number): Verdict {
  const refused = new Map(trial.refused.map((r) => [r.reason, r.count]));
  const all = trial.observations + trial.refused.filter((r) => perValue.has(r.reason)).reduce((sum, r) => sum + r.count, 0);
  const aside = all + trial.coverages.length + trial.bulletins - trial.usable;
  const findings: Finding[] = [];
  const add = (tone: Tone, text: string) => findings.push({ tone, text });

  for (const f of trial.fetched) if (f.trouble) add(trial.usable > 0 ? 'doubt' : 'bad', f.trouble);
  if ((refused.get('future') ?? 0) > 0) add('bad', t.rasterFuture);
  for (const raster of trial.coverages) {
    if (raster.extents.every((e) => e.squareKilometres === 0)) add('doubt', t.rasterNothing);
    if (raster.seenShare < 0.5) add('doubt', t.rasterBlind(Math.round((1 - raster.seenShare) * 100)));
    if (now - Date.parse(raster.time) > 2 * day) add('doubt', t.old(Math.floor((now - Date.parse(raster.time)) / day)));
  }
  const unplaced = trial.announced.filter((b) => !b.located && b.msgType !== 'Cancel');
  if (unplaced.length > 0) add('doubt', t.unplaced(unplaced.length, [...new Set(unplaced.flatMap((b) => b.unknownCodes))].slice(0, 5).join(', ')));
  if (trial.links > 0) add('good', t.linked(trial.links, trial.bulletins));
  const future = refused.get('future-time') ?? 0;
  const ahead = trial.to === null ? 0 : Date.parse(trial.to) - now;
  if (future > 0 && trial.from !== null && trial.usable === 0) add('bad', t.allFuture(Math.max(1, Math.round(ahead / hour))));
  else if (future > 0) add('doubt', t.someFuture(future));
  if ((refused.get('no-zone') ?? 0) > 0) add(trial.usable > 0 ? 'doubt' : 'bad', t.noZone);
  const lost = places(trial);
  if (lost.zero.length > 0) add('bad', t.atZero(lost.zero.length, lost.zero[0]!));
  if (lost.far) add('doubt', t.farAway(lost.far.name, Math.round(lost.far.km / 10) * 10));
  // The newest usable one: what lies in the future says nothing about how old the rest is.
  const newest = Math.max(...trial.samples.map((s) => Date.parse(s.time)));
  if (trial.usable > 0 && trial.samples.length > 0 && now - newest > 2 * day) add('doubt', t.old(Math.floor((now - newest) / day)));
  else if (trial.usable > 0 && trial.samples.length > 0 && now - newest > 3 * hour) add('doubt', t.lateness(Math.round((now - newest) / hour)));
  const flagged = trial.samples.filter((s) => s.quality.some((q) => q !== 'None')).length;
  if (flagged > 0) add('doubt', t.flagged(flagged, trial.samples.length));
  if (trial.samples.length > 0 && trial.samples.every((s) => s.property === 'Other')) add('doubt', t.unjudged);
  if (trial.missing > 0) add('good', t.missing(trial.missing));
  if (trial.fetched.some((f) => f.morePages)) add('good', t.morePages);
  if (trial.usable > 0 && trial.new === 0 && trial.coverages.length === 0 && trial.bulletins === 0) add('good', t.allKnown);

  findings.sort((a, b) => rank[a.tone] - rank[b.tone]);
  // Where nothing can be used, the likeliest cause is the headline.
  const cause = trial.usable === 0 && findings[0]?.tone === 'bad' ? findings.shift()! : null;
  if (cause && all > 0) findings.unshift({ tone: 'bad', text: t.noneUsable(all, mainReasons(trial)) });
  const line = cause ? cause.text : trial.bulletins > 0 ? t.warnings(trial.bulletins) : trial.coverages.length > 0 ? t.raster(trial.coverages[0]!.width, trial.coverages[0]!.height, trial.coverages[0]!.crs) : trial.usable === 0 ? (all === 0 ? t.nothing : t.noneUsable(all, mainReasons(trial))) : aside > 0 ? t.some(trial.usable, all, aside, mainReasons(trial)) : t.every(trial.usable, trial.stations);
  const worst = findings[0]?.tone ?? 'good';
  return { tone: trial.usable === 0 ? 'bad' : worst === 'good' && aside > 0 ? 'doubt' : worst, line, findings };
}

export const reasonWords = (reason: string): string => t.reasons[reason] ?? reason.replaceAll('-', ' ');
const mainReasons = (trial: FeedTrial): string => [...trial.refused].sort((a, b) => b.count - a.count).slice(0, 2).map((r) => reasonWords(r.reason)).join(', ');

function places(trial: FeedTrial): { zero: string[]; far: { name: string; km: number } | null } {
  const stations = [...new Map(trial.samples.map((s) => [s.station, s])).values()];
  const zero = stations.filter((s) => Math.abs(s.lon) < 0.1 && Math.abs(s.lat) < 0.1).map((s) => s.stationName);
  const others = stations.filter((s) => !zero.includes(s.stationName));
  if (others.length < 3) return { zero, far: null };
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  const [lon, lat] = [middle(others.map((s) => s.lon)), middle(others.map((s) => s.lat))];
  const distances = others.map((s) => ({ name: s.stationName, km: kilometres(lon, lat, s.lon, s.lat) })).sort((a, b) => b.km - a.km);
  const typical = distances[Math.floor(distances.length / 2)]!.km;
  // One far from all others is mostly a swapped sign or swapped columns; a feed of a whole continent is far from itself everywhere.
  return { zero, far: distances[0]!.km > 1000 && distances[0]!.km > 10 * typical ? distances[0]! : null };
}

function kilometres(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const r = Math.PI / 180;
  const a = Math.sin(((lat2 - lat1) * r) / 2) ** 2 + Math.cos(lat1 * r) * Math.cos(lat2 * r) * Math.sin(((lon2 - lon1) * r) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(a));
}
