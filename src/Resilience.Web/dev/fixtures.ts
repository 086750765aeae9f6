// Invented data for working on the faces without a server. Every name says FIXTURE; none of it is an observation.
import type {
  AlertProperties, AssessmentProperties, Draft, DraftProperties, FeedProperties, HazardLevel, IncidentProperties, PostProperties, StationProperties, Threshold, ZoneProperties,
} from '../src/shared/api';

const start = Date.now();
export const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
const shiftSeconds = Math.round((start - Date.UTC(2020, 1, 26, 15, 45)) / 1000);
type Feature = { type: 'Feature'; id: string; geometry: object | null; properties: object };
const feature = (id: string, geometry: object | null, properties: object): Feature => ({ type: 'Feature', id, geometry, properties });
const square = (lon: number, lat: number, r: number): object => ({ type: 'Polygon', coordinates: [[[lon - r, lat - r / 2], [lon + r * 0.9, lat - r * 0.6], [lon + r, lat + r / 2], [lon - r * 0.7, lat + r * 0.7], [lon - r, lat - r / 2]]] });

export const stations: { id: string; name: string; river: string; lon: number; lat: number; level: HazardLevel; value: number; silent: boolean; trend: number; age: number; exercise: boolean }[] = [
  { id: 'fixture:1', name: 'FIXTURE Severn at Bewdley', river: 'River Severn', lon: -2.32, lat: 52.38, level: 'Major', value: 5.2, silent: false, trend: 0.12, age: 4, exercise: false },
  { id: 'fixture:2', name: 'FIXTURE Wye at Hereford', river: 'River Wye', lon: -2.72, lat: 52.05, level: 'Moderate', value: 4.6, silent: false, trend: 0.05, age: 9, exercise: false },
  { id: 'fixture:3', name: 'FIXTURE Teme at Tenbury', river: 'River Teme', lon: -2.59, lat: 52.31, level: 'Minor', value: 4.1, silent: false, trend: -0.02, age: 28, exercise: false },
  { id: 'fixture:4', name: 'FIXTURE Avon at Evesham', river: 'River Avon', lon: -1.94, lat: 52.09, level: 'Action', value: 2.9, silent: false, trend: 0, age: 12, exercise: false },
  { id: 'fixture:5', name: 'FIXTURE Lugg at Byton', river: 'River Lugg', lon: -2.93, lat: 52.28, level: 'Minor', value: 3.6, silent: true, trend: 0, age: 300, exercise: false },
  { id: 'fixture:6', name: 'FIXTURE Punatsang Chhu, a very long station name that has to wrap below Wangdue bridge', river: 'Punatsang Chhu', lon: 89.9, lat: 27.49, level: 'Moderate', value: 6.9, silent: false, trend: 0.9, age: 3, exercise: true },
  ...Array.from({ length: 14 }, (_, i) => ({ id: `fixture:n${i}`, name: `FIXTURE quiet gauge ${i + 1}`, river: 'Brook', lon: -3.3 + (i % 5) * 0.42, lat: 51.7 + Math.floor(i / 5) * 0.42, level: 'None' as HazardLevel, value: 0.6 + i / 10, silent: false, trend: 0, age: 10, exercise: false })),
];

const stationFeature = (s: (typeof stations)[number]): Feature => feature(s.id, { type: 'Point', coordinates: [s.lon, s.lat] }, {
  id: s.id, name: s.name, river: s.river, feed: s.exercise ? 'drill' : 'uk', feedName: s.exercise ? 'FIXTURE drill' : 'FIXTURE rivers', credit: 'FIXTURE, invented on this computer', exercise: s.exercise,
  shiftSeconds, property: 'Stage', datastream: `${s.id}:stage`, unit: 'm', value: s.value, time: at(-s.age), trendPerHour: s.trend, quality: [], expectedEverySeconds: 900,
} satisfies StationProperties);
const assessment = (s: (typeof stations)[number]): AssessmentProperties => ({
  station: s.id, stationName: s.name, kind: s.exercise ? 'GlacialLakeOutburst' : 'RiverFlood', level: s.level, onset: at(-90 - s.age), assessedAt: at(-s.age), confidence: 0.9, silent: s.silent,
  summary: s.silent ? `No value for 5 h; last known ${s.value} m.` : `Stage ${s.value} m, ${s.level.toLowerCase()} stage.`, exercise: s.exercise, assessment: `assessment-${s.id}`,
});
export const zones: ZoneProperties[] = stations.filter((s) => s.level !== 'None' && s.level !== 'Action').map((s) => ({
  id: `zone-${s.id}`, kind: assessment(s).kind, severity: s.level === 'Major' ? 'Extreme' : s.level === 'Moderate' ? 'Severe' : 'Moderate', title: `FIXTURE flood near ${s.river}`,
  reason: `${s.name} is at ${s.level.toLowerCase()} stage.`, people: Math.round(s.value * 2480), sites: 3, assessment: `assessment-${s.id}`, station: s.id, exercise: s.exercise, since: at(-60), version: 1, likelihood: s.silent ? 'Possible' : 'Likely', impact: 'Severe',
}));
const zoneGeometry = (z: ZoneProperties): object => { const s = stations.find((x) => x.id === z.station)!; return square(s.lon, s.lat, 0.16); };

const text = { language: 'en', headline: 'EXERCISE – Flood expected by 18:00 along the River Severn – EXERCISE', description: 'EXERCISE – Water may cover the lower road and houses near the bank. – EXERCISE', instruction: 'EXERCISE – MOVE uphill now. TAKE your family and medicine. Do NOT drive through water. – EXERCISE' };
const dzongkha = { language: 'dz', headline: 'ཆུ་རུད་ཉེན་བརྡ།', description: 'ཆུ་གིས་ལམ་དང་ཁྱིམ་ཚུ་བཀབ་འོང་།', instruction: 'ད་ལྟོ་ར་ཡར་འགྱོ།' };
export const drafts: Draft[] = (['Draft', 'Submitted', 'Submitted'] as const).map((state, i) => ({
  id: `draft-${i}`, state, version: 3, msgType: 'Alert', status: 'Exercise', author: i === 0 ? 'machine' : i === 1 ? 'Ms. Dorji' : 'Mr. Lama', authorId: i === 0 ? null : i === 1 ? 'p1' : 'p2', zone: zones[i]!.id, references: i === 2 ? 'alert-1' : null,
  event: 'Flood', urgency: 'Immediate', severity: zones[i]!.severity, certainty: 'Likely', responseType: 'Evacuate', onset: null, expires: at(320), areaDesc: 'Riverside below Bewdley bridge', area: zoneGeometry(zones[i]!) as Draft['area'], people: zones[i]!.people,
  texts: [text, dzongkha], reason: null, contentHash: 'f1x', submittedAt: i === 0 ? null : at(-6), createdAt: at(-12),
  checks: [{ field: 'texts.dz', severity: 'ask', code: 'language-machine', message: 'The text in dz was made by a machine. Have it read.' }], evidence: [`zone:${zones[i]!.id}:1`, `assessment:${zones[i]!.assessment}`, `station:${zones[i]!.station}`],
}));
const draftProperties = (d: Draft): DraftProperties => ({ id: d.id, state: d.state, headline: d.texts[0]!.headline, severity: d.severity, author: d.author, version: d.version, exercise: true, expires: d.expires, people: d.people });
export const alerts: AlertProperties[] = [{
  id: 'alert-1', identifier: 'fixture.31', status: 'Exercise', msgType: 'Alert', event: 'Flood', headline: text.headline, severity: 'Severe', urgency: 'Immediate', certainty: 'Observed',
  sent: at(-27), onset: null, expires: at(300), people: 12412, areaDesc: 'FIXTURE riverside at Hereford', thread: 't1',
}];
export const alertDetail = { ...alerts[0]!, texts: [text], area: square(-2.72, 52.05, 0.22), author: 'Ms. Dorji', approver: 'Mr. Lama', references: null, state: 'InForce', reason: null };
export const incidents: IncidentProperties[] = [
  { id: 'incident-1', kind: 'Trapped', title: 'FIXTURE people on a roof', place: 'Hereford', reports: 7, origins: 4, state: 'Unverified', severity: 'Severe', first: at(-50), last: at(-8), radiusKm: 2.5, exercise: false },
  { id: 'incident-2', kind: 'Road', title: 'FIXTURE road under water', place: 'Tenbury', reports: 3, origins: 3, state: 'Verified', severity: 'Moderate', first: at(-80), last: at(-31), radiusKm: 4, exercise: false },
];
export const incidentDetail = (i: IncidentProperties) => ({ ...i, lon: -2.72, lat: 52.06, members: [1, 2, 3].map((n) => ({ id: `m${n}`, text: `FIXTURE post ${n}: water up to the window, two people on the roof near the bridge`, time: at(-8 * n), source: 'fixture', category: 'rescue', p: 0.71 })) });
const posts: PostProperties[] = Array.from({ length: 30 }, (_, i) => ({ id: `post-${i}`, text: `FIXTURE post ${i}: the street is flooded`, lang: 'en', category: 'affected_individual', pCategory: 0.71, pInformative: 0.93, model: 'fixture-1', place: 'Hereford', radiusKm: 3, time: at(-i), source: 'fixture', exercise: false, shiftSeconds }));
const feeds: FeedProperties[] = [
  { id: 'uk', name: 'FIXTURE rivers', state: 'Ok', lastGood: at(-3), lastTried: at(-3), everySeconds: 900, lastError: null, stations: 19, silentStations: 1, quarantined: 2, credit: 'FIXTURE', kind: 'observations' },
  { id: 'drill', name: 'FIXTURE drill', state: 'Late', lastGood: at(-25), lastTried: at(-1), everySeconds: 600, lastError: 'The server did not answer within 30 s.', stations: 1, silentStations: 0, quarantined: 0, credit: 'FIXTURE', kind: 'observations' },
  { id: 'dead', name: 'FIXTURE posts', state: 'Dead', lastGood: at(-600), lastTried: at(-1), everySeconds: 60, lastError: 'The host name is not known.', stations: 0, silentStations: 0, quarantined: 0, credit: 'FIXTURE', kind: 'posts' },
];

export const layers: Record<string, Feature[]> = {
  'observations.stations': stations.map(stationFeature),
  'hazards.assessments': stations.map((s) => feature(s.id, { type: 'Point', coordinates: [s.lon, s.lat] }, assessment(s))),
  'risk.zones': zones.map((z) => feature(z.id, zoneGeometry(z), z)),
  'warnings.alerts': alerts.map((a) => feature(a.id, alertDetail.area, a)),
  'warnings.drafts': drafts.map((d) => feature(d.id, d.area, draftProperties(d))),
  'relief.incidents': incidents.map((i, n) => feature(i.id, { type: 'Point', coordinates: [-2.7 + n * 0.12, 52.02 + n * 0.25] }, i)),
  'reports.posts': posts.map((p, i) => feature(p.id, { type: 'Point', coordinates: [-2.72 + Math.sin(i) * 0.2, 52.1 + Math.cos(i * 2) * 0.15] }, p)),
  'observations.feeds': feeds.map((f) => feature(f.id, null, f)),
  'relief.tasks': [],
};
const thresholds = (s: (typeof stations)[number]): Threshold[] => (['Action', 'Minor', 'Moderate', 'Major'] as const).map((level, i) => ({ level, value: 2.5 + i * 0.9, unit: 'm', source: 'FIXTURE', assumed: s.exercise, datastream: `${s.id}:stage` }));
export const stationHazard = (id: string) => { const s = stations.find((x) => x.id === id)!; return { thresholds: thresholds(s), current: assessment(s), history: [assessment(s)] }; };
export const assessmentDetail = (id: string) => {
  const s = stations.find((x) => `assessment-${x.id}` === id) ?? stations[0]!;
  return { ...assessment(s), rule: { name: 'stage-thresholds', version: '3', text: 'Two trusted values at or above a stage raise the level; it falls 5 % below.' }, evidence: [1, 2, 3].map((n) => ({ datastream: `${s.id}:stage`, time: at(-s.age - n * 15), value: s.value - n * 0.03, unit: 'm', quality: [] })) };
};
export const observations = (id: string) => {
  const s = stations.find((x) => `${x.id}:stage` === id) ?? stations[0]!;
  return Array.from({ length: 190 }, (_, i) => ({ time: at(-s.age - (189 - i) * 15), value: Number((s.value - 2.4 * (1 - i / 189) ** 1.5 + Math.sin(i / 9) * 0.06 + (i === 120 ? 3 : 0)).toFixed(3)), quality: i === 120 ? ['RateOfChange', 'Suspect'] : [] })).filter((_, i) => i < 60 || i > 78);
};
