import { computed } from '@preact/signals';
import { ageClass, type AgeClass } from '../../shared/age';
import type { AssessmentProperties, HazardKind, HazardLevel, StationProperties } from '../../shared/api';
import { chainNow, tick } from '../../shared/chainClock';
import { levelRank } from '../../shared/severity';
import { words } from '../words';
import { quantity, trendArrow } from './format';
import { assessments, list, stations } from './layers';

/** A station with what is assessed of it: one row, one symbol. */
export interface Gauge { id: string; station: StationProperties; assessment: AssessmentProperties | null; level: HazardLevel; /** False: no rule looks at it here (no thresholds), so its level says nothing. */ judged: boolean; silent: boolean; age: AgeClass; position: [number, number] | null }

/** `silent` is the server's judgement; the age class is ours and catches a server that stopped judging. */
export function toGauge(id: string, station: StationProperties, assessment: AssessmentProperties | null, geometry: GeoJSON.Geometry | null, now: number): Gauge {
  const age: AgeClass = station.time === null ? 'silent' : ageClass(now - Date.parse(station.time), station.expectedEverySeconds * 1000);
  return {
    id, station, assessment, age,
    level: assessment?.level ?? 'None',
    judged: assessment !== null,
    silent: (assessment?.silent ?? false) || age === 'silent',
    position: geometry?.type === 'Point' ? [geometry.coordinates[0]!, geometry.coordinates[1]!] : null,
  };
}

const decidedBy: Partial<Record<HazardKind, string[]>> = {
  RiverFlood: ['Stage', 'Discharge'], GlacialLakeOutburst: ['LakeLevel'], HeavyRain: ['Rainfall'], Landslide: ['Rainfall'], ExtremeHeat: ['AirTemperature'], ExtremeCold: ['AirTemperature'],
};

/** The properties that raise what stands over a gauge, where the value it shows is none of them: a weather station shows its rain, and may raise a heat. */
export function decidedElsewhere(g: Gauge): readonly string[] | null {
  const by = g.level === 'None' || !g.assessment ? undefined : decidedBy[g.assessment.kind];
  return by && !by.includes(g.station.property) ? by : null;
}

/** The level in a word and beside it the value that raised it, if that is the one shown; empty without a level. */
export function levelAndValue(g: Gauge): string {
  if (g.level === 'None') return '';
  const word = words.levelOfKind[g.assessment?.kind ?? '']?.[g.level] ?? words.level[g.level];
  return !decidedElsewhere(g) && g.station.value !== null ? `${word} ${quantity(g.station.value, g.station.unit)} ${trendArrow(g.station.trendPerHour)}` : word;
}

/** Worst first; among equals the silent ones, then by name. */
export const gaugeOrder = (a: Gauge, b: Gauge): number =>
  levelRank(a.level) - levelRank(b.level) || Number(b.silent) - Number(a.silent) || a.station.name.localeCompare(b.station.name);

// Ages change by themselves, but a minute is enough; sorting hundreds of gauges every second is not.
const minute = computed(() => {
  void tick.value;
  return Math.floor(chainNow() / 60_000);
});

export const gauges = computed<Gauge[]>(() => {
  void minute.value;
  const now = chainNow();
  const assessed = assessments.state.value.features;
  return list(stations).map((f) => toGauge(f.id, f.properties, assessed.get(f.id)?.properties ?? null, f.geometry, now)).sort(gaugeOrder);
});

export const gaugesById = computed(() => new Map(gauges.value.map((g) => [g.id, g])));
export const reporting = computed(() => gauges.value.filter((g) => g.age === 'fresh' || g.age === 'ageing').length);

/** How many no rule looks at: an empty list of alarms says nothing about them. */
export const unjudged = computed(() => gauges.value.filter((g) => !g.judged).length);

const silentByFeed = computed(() => {
  const counts = new Map<string, number>();
  for (const g of gauges.value) if (g.silent) counts.set(g.station.feed, (counts.get(g.station.feed) ?? 0) + 1);
  return counts;
});
/** How many gauges of a feed the map shows as silent: list, legend and feed must tell one story. */
export const silentOf = (feed: string): number => silentByFeed.value.get(feed) ?? 0;
