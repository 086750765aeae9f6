import type { CoverageMapping, ExtentProperties, HazardLevel } from '../../shared/api';

/** A raster's mapping as it stands in the form: all text, so that nothing typed is lost to a conversion. */
export interface CoverageEntry {
  quantity: ExtentProperties['quantity']; band: string; unit: string; by: 'threshold' | 'value'; classes: { name: string; value: string; raises: HazardLevel | '' }[]; notSeen: string; least: string; stepMinutes: string; latencyMinutes: string;
}

export const emptyCoverage = (): CoverageEntry => ({ quantity: 'FloodExtent', band: '1', unit: '', by: 'value', classes: [{ name: 'Flooded', value: '1', raises: '' }], notSeen: '', least: '0', stepMinutes: '60', latencyMinutes: '0' });

const numbers = (text: string): number[] => text.split(/[\s;]+|,\s+/).filter(Boolean).map((part) => Number(part.replace(',', '.')));
const number = (text: string): number => Number(text.trim().replace(',', '.'));
const minutes = (span: string | null): string => {
  const [, days = '0', h = '0', m = '0'] = /^(?:(\d+)\.)?(\d+):(\d+)/.exec(span ?? '') ?? [];
  return String((Number(days) * 24 + Number(h)) * 60 + Number(m));
};
const span = (text: string): string => {
  const total = Math.round(number(text)) || 0;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(total / 1440)}.${two(Math.floor((total % 1440) / 60))}:${two(total % 60)}:00`;
};

export const fromMapping = (m: CoverageMapping): CoverageEntry => ({
  quantity: m.quantity, band: String(m.band), unit: m.unit, by: m.classes.some((c) => c.atLeast !== null) ? 'threshold' : 'value',
  classes: m.classes.map((c) => ({ name: c.name, value: c.atLeast !== null ? String(c.atLeast) : c.values.join(' '), raises: c.raises ?? '' })),
  notSeen: m.notSeen.join(' '), least: String(m.leastSquareKilometres), stepMinutes: minutes(m.step ?? '01:00'), latencyMinutes: minutes(m.latency),
});

/** `dated`: the address carries a time in braces, so a step belongs to it. */
export const toMapping = (e: CoverageEntry, dated: boolean): CoverageMapping => ({
  quantity: e.quantity, band: number(e.band) || 0, unit: e.unit.trim(),
  classes: e.classes.map((c) => ({ name: c.name.trim(), atLeast: e.by === 'threshold' ? number(c.value) : null, values: e.by === 'value' ? numbers(c.value) : [], ...(c.raises && e.quantity !== 'Other' ? { raises: c.raises } : {}) })),
  notSeen: numbers(e.notSeen), leastSquareKilometres: number(e.least) || 0, step: dated ? span(e.stepMinutes) : null, latency: dated ? span(e.latencyMinutes) : '00:00:00',
});

export const isDated = (address: string): boolean => /\{[^{}]+\}/.test(address);

/** The first thing in the entry that is no number or missing; null when nothing is. */
export function findFault(e: CoverageEntry, dated: boolean): 'classes' | 'numbers' | null {
  const mapping = toMapping(e, dated);
  if (mapping.classes.length === 0 || mapping.classes.some((c) => !c.name || (c.atLeast === null ? c.values.length === 0 || c.values.some(Number.isNaN) : Number.isNaN(c.atLeast)))) return 'classes';
  if (e.by === 'threshold' && (e.classes.some((c) => !c.value.trim()) || mapping.classes.some((c, i) => i > 0 && c.atLeast! <= mapping.classes[i - 1]!.atLeast!))) return 'classes';
  return mapping.band < 1 || mapping.notSeen.some(Number.isNaN) || Number.isNaN(number(e.least)) || (dated && !(number(e.stepMinutes) >= 1)) ? 'numbers' : null;
}
