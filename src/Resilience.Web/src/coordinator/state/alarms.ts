import { computed, signal } from '@preact/signals';
import type { CapSeverity, DraftProperties, FeedProperties, IncidentProperties } from '../../shared/api';
import { severityOfLevel, worstFirst } from '../../shared/severity';
import { presentNow } from '../../shared/chainClock';
import { gauges, type Gauge } from './gauges';
import { allFeeds, drafts, incidents, list } from './layers';
import type { Selection } from './selection';

/** Something that needs a person to do something; anything else is a row in another tab. */
export interface Alarm {
  /** Changes when the thing gets worse, so that what was seen before comes back. */
  key: string;
  kind: 'draft' | 'approval' | 'gauge' | 'feed' | 'incident';
  severity: CapSeverity | null; fault: boolean; title: string; since: string; exercise: boolean; selection: Selection;
}

/** Who has what to do: drafts and approvals, gauges at minor flood or worse, unverified severe incidents, dead feeds. */
export function findAlarms(g: Gauge[], d: DraftProperties[], i: IncidentProperties[], f: FeedProperties[]): Alarm[] {
  const found: Alarm[] = [];
  for (const x of d) {
    if (x.state !== 'Draft' && x.state !== 'Submitted' && x.state !== 'Returned') continue;
    const kind = x.state === 'Submitted' ? 'approval' : 'draft';
    found.push({ key: `${kind}:${x.id}:${x.severity}`, kind, severity: x.severity, fault: false, title: x.headline, since: '', exercise: x.exercise, selection: { kind: 'draft', id: x.id } });
  }
  for (const x of g) {
    if (!x.assessment || x.level === 'None' || x.level === 'Action') continue;
    found.push({ key: `gauge:${x.id}:${x.level}`, kind: 'gauge', severity: severityOfLevel[x.level], fault: false, title: x.station.name, since: x.assessment.onset, exercise: x.station.exercise, selection: { kind: 'station', id: x.id } });
  }
  for (const x of i) {
    if (x.state !== 'Unverified' || (x.severity !== 'Extreme' && x.severity !== 'Severe')) continue;
    found.push({ key: `incident:${x.id}:${x.severity}`, kind: 'incident', severity: x.severity, fault: false, title: x.title, since: x.first, exercise: x.exercise, selection: { kind: 'incident', id: x.id } });
  }
  for (const x of f) {
    if (x.state !== 'Dead') continue;
    found.push({ key: `feed:${x.id}`, kind: 'feed', severity: null, fault: true, title: x.name, since: x.lastGood ?? '', exercise: false, selection: { kind: 'feed', id: x.id } });
  }
  return found;
}

/** Unseen before seen, then worst, then approvals before the rest, then oldest. */
export const alarmOrder = (isSeen: (a: Alarm) => boolean) => (a: Alarm, b: Alarm): number =>
  Number(isSeen(a)) - Number(isSeen(b)) || worstFirst(a.severity ?? 'Unknown', b.severity ?? 'Unknown') ||
  Number(b.kind === 'approval') - Number(a.kind === 'approval') || a.since.localeCompare(b.since);

// Seen is per device: the server has no acknowledgement yet, and the button says so.
const storeKey = 'resilience.coordinator.seen';
const readSeen = (): Record<string, number> => {
  try {
    return JSON.parse(localStorage.getItem(storeKey) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
};
export const seen = signal<Record<string, number>>(readSeen());

export function markSeen(key: string): void {
  seen.value = { ...seen.value, [key]: presentNow() };
  try {
    localStorage.setItem(storeKey, JSON.stringify(Object.fromEntries(Object.entries(seen.value).slice(-500))));
  } catch {
    // A full or forbidden store only means that the mark is lost on reload.
  }
}

export const alarms = computed(() => {
  const marks = seen.value;
  return findAlarms(gauges.value, list(drafts).map((x) => x.properties), list(incidents).map((x) => x.properties), allFeeds.value)
    .sort(alarmOrder((a) => a.key in marks));
});
export const alarmsToDo = computed(() => alarms.value.filter((a) => !(a.key in seen.value)));
