import type { FeedDefinition, FeedRequest } from '../../shared/api';
import { isProblem } from '../../shared/problem';
import { words } from '../words';
import { fromArea, toArea } from './areaOfInterest';
import { emptyCoverage, findFault, fromMapping, isDated, toMapping, type CoverageEntry } from './coverage';
import { emptyMapping, type TableMapping } from './mapping';

const t = words.feedForm;

/** The format of rasters: it has areas instead of stations. */
export const rasterFormat = 'geotiff';

/** A feed as it stands in the form: every field is text, so that nothing typed is ever lost to a conversion. */
export interface Entry {
  id: string; name: string; format: string; readings: string; stations: string; minutes: string; credit: string; licence: string;
  zone: string; stationPrefix: string; exercise: boolean; mapping: TableMapping; coverage: CoverageEntry; area: string;
}
export type Field = Exclude<keyof Entry, 'exercise'> | 'form';
export type Faults = Partial<Record<Field, string>>;

export const emptyEntry = (): Entry => ({
  id: '', name: '', format: '', readings: '', stations: '', minutes: '15', credit: '', licence: '', zone: '', stationPrefix: '', exercise: false, mapping: emptyMapping(), coverage: emptyCoverage(), area: '',
});

export const fromDefinition = (d: FeedDefinition): Entry => ({
  id: d.id, name: d.name, format: d.format, readings: d.readings.replaceAll('%7B', '{').replaceAll('%7D', '}'), stations: d.stations ?? '', minutes: String(Math.round((d.everySeconds / 60) * 1000) / 1000), credit: d.credit, licence: d.licence,
  zone: d.zone ?? '', stationPrefix: d.stationPrefix ?? '', exercise: d.exercise, mapping: { ...emptyMapping(), ...((d.mapping as Partial<TableMapping> | null) ?? {}) }, coverage: d.coverage ? fromMapping(d.coverage) : emptyCoverage(), area: fromArea(d.area),
});

/** Only formats that need a mapping send one. */
export const toRequest = (e: Entry, needsMapping: boolean): FeedRequest => ({
  name: e.name.trim(), format: e.format, readings: e.readings.trim(), stations: e.stations.trim() || null, everySeconds: seconds(e.minutes), credit: e.credit.trim(), licence: e.licence.trim(),
  zone: e.zone.trim() || null, stationPrefix: e.stationPrefix.trim() || null, exercise: e.exercise, mapping: needsMapping ? e.mapping : null,
  coverage: e.format === rasterFormat ? toMapping(e.coverage, isDated(e.readings)) : null, area: toArea(e.area),
});

/** What decides how a trial goes; a name or a credit does not, so a feed can be tried before anybody has named it. */
export const triedPart = (r: FeedRequest): string => JSON.stringify([r.format, r.readings, r.stations, r.zone, r.stationPrefix, r.mapping, r.coverage, r.area]);
export const triable = (r: FeedRequest): FeedRequest => ({ ...r, name: r.name || '–', credit: r.credit || '–', licence: r.licence || '–', everySeconds: r.everySeconds || 900 });
/** Of the form's faults those that a trial would stumble over. */
export const faultsOfTrial = (all: Faults): Faults => Object.fromEntries(Object.entries(all).filter(([field]) => (['format', 'readings', 'stations', 'stationPrefix', 'coverage', 'area'] as string[]).includes(field)));

/** A comma is a decimal sign in half the world. */
const seconds = (minutes: string): number => Math.round(Number(minutes.trim().replace(',', '.')) * 60) || 0;

/** "Rivière du Nord (2)" → "riviere-du-nord-2"; empty for names in letters that no id can hold. */
export const idFrom = (name: string): string =>
  name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64).replace(/-+$/, '');

const address = /^https?:\/\/[^\s/]+/i;
const shortName = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** What can be told without asking. The server has the last word. `taken` are the ids of other feeds. */
export function faultsOf(e: Entry, taken: readonly string[]): Faults {
  const every = seconds(e.minutes);
  const found: Faults = {
    ...(e.format ? {} : { format: t.fault.format }),
    ...(address.test(e.readings.trim()) ? {} : { readings: t.fault.address }),
    ...(!e.stations.trim() || address.test(e.stations.trim()) ? {} : { stations: t.fault.address }),
    ...(every >= 1 && every <= 604_800 ? {} : { minutes: t.fault.minutes }),
    ...(e.stationPrefix.trim() && !shortName.test(e.stationPrefix.trim()) ? { stationPrefix: t.fault.shortName } : {}),
    ...(e.format === rasterFormat ? faultOfCoverage(e) : {}),
    ...(!shortName.test(e.id) ? { id: t.fault.shortName } : taken.includes(e.id) ? { id: t.fault.taken } : {}),
  };
  for (const field of ['name', 'credit', 'licence'] as const) if (!e[field].trim()) found[field] = t.fault.required;
  return found;
}

const faultOfCoverage = (e: Entry): Faults => {
  const fault = findFault(e.coverage, isDated(e.readings));
  return fault ? { coverage: words.coverageForm.fault[fault] } : {};
};

const fieldOfCode: Record<string, Field> = {
  'observations.feed-name': 'name', 'observations.feed-credit': 'credit', 'observations.feed-licence': 'licence', 'observations.feed-format': 'format',
  'observations.feed-interval': 'minutes', 'observations.feed-zone': 'zone', 'observations.feed-mapping': 'mapping', 'observations.feed-sample': 'mapping', 'observations.feed-coverage': 'coverage', 'observations.feed-area': 'area',
};

/** Where a refusal belongs: the server says what is wrong, the form shows it where it can be put right. */
export function faultOf(error: unknown, e: Entry): Faults {
  const text = error instanceof Error ? error.message : String(error);
  if (!isProblem(error)) return { form: text };
  if (error.code === 'observations.feed-address') return { [blames(text, e.stations) && !blames(text, e.readings) ? 'stations' : 'readings']: text };
  if (error.code === 'observations.feed-id') return { [e.stationPrefix && !shortName.test(e.stationPrefix.trim()) ? 'stationPrefix' : 'id']: text };
  return { [fieldOfCode[error.code] ?? 'form']: text };
}

const blames = (text: string, given: string): boolean => {
  const host = /^[a-z]+:\/\/([^/:\s]+)/i.exec(given.trim())?.[1];
  return host !== undefined && text.toLowerCase().includes(host.toLowerCase());
};

/** Top to bottom, as the form shows them: the first fault gets the focus. */
export const fieldOrder: readonly Field[] = ['form', 'format', 'readings', 'stations', 'mapping', 'coverage', 'area', 'name', 'minutes', 'credit', 'licence', 'zone', 'id', 'stationPrefix'];
export const feedFieldId = (field: Field): string => `feed-${field}`;
