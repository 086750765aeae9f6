import { splitAge } from '../../shared/age';
import { chainNow, tick } from '../../shared/chainClock';
import { language, words } from '../words';

const locale = language.tag === 'en' ? 'en-GB' : language.tag;
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
const clockUtc = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC' });
const dayClock = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false });
const fullUtc = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC' });

export const ms = (time: string | number): number => (typeof time === 'number' ? time : Date.parse(time));
export const localTime = (time: string | number): string => clock.format(ms(time));
export const utcTime = (time: string | number): string => `${clockUtc.format(ms(time))}Z`;
export const dayTime = (time: string | number): string => dayClock.format(ms(time));
/** Real time of a shifted record: always with its year and in UTC, so that it cannot be read as now. */
export const realTime = (time: string | number, shiftSeconds: number): string => `${fullUtc.format(ms(time) - shiftSeconds * 1000)} UTC`;

/** Time, with the day when it is not today on the chain's clock. */
export function timeOrDay(time: string | number): string {
  return new Date(ms(time)).toDateString() === new Date(chainNow()).toDateString() ? localTime(time) : dayTime(time);
}

/** "4 min old"; reading it ties the caller to the ticking clock. */
export function ageWords(time: string | number | null): string {
  void tick.value;
  if (time === null) return words.never;
  const { unit, count } = splitAge(chainNow() - ms(time));
  return unit === 'now' ? words.age.now : words.age[unit](count);
}

export function ageShort(time: string | number): string {
  void tick.value;
  const { unit, count } = splitAge(chainNow() - ms(time));
  return unit === 'now' ? words.ageShort.now : words.ageShort[unit](count);
}

/** "+06" or "+05:45": the device's offset, because a clock without it is not a time. */
export function zoneOffset(at = chainNow()): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const sign = minutes < 0 ? '−' : '+';
  const h = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  const m = Math.abs(minutes) % 60;
  return `${sign}${h}${m ? `:${String(m).padStart(2, '0')}` : ''}`;
}

const units: Record<string, string> = { '[ft_i]': 'ft', '[ft_i]3/s': 'ft³/s', 'm3/s': 'm³/s', 'ft3/s': 'ft³/s', mASD: 'm', mAOD: 'm', Cel: '°C', degC: '°C', degF: '°F', deg: '°' };
export const unitWords = (unit: string): string => units[unit] ?? unit;

// Made once: a map of two thousand gauges asks for them by the thousand.
const numbers = [0, 1, 2].map((digits) => new Intl.NumberFormat(language.tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
/** As many digits as the value needs to be told from its neighbours: two below 10, one below 100, none above. */
export function number(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return numbers[digits]!.format(value);
}
export const quantity = (value: number, unit: string): string => `${number(value)} ${unitWords(unit)}`;
/** A count as the server tells it: between two bounds. */
export const bucket = (b: { atLeast: number; atMost: number | null }): string => (b.atMost === null ? `${words.number(b.atLeast)}+` : `${words.number(b.atLeast)}–${words.number(b.atMost)}`);
export const people = (count: number): string => words.number(count);
/** Head-counts to two digits: more would claim a knowledge nobody has. */
export const roughPeople = (count: number): string => { const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1); return people(Math.round(count / step) * step); };
export const percent = (p: number): string => p.toLocaleString(language.tag, { maximumFractionDigits: 2 });
/** ↑ → ↓ : under 0.5 % of the value or 1 cm an hour nothing is said to move. */
export const trendArrow = (perHour: number | null): string => (perHour === null ? '' : perHour > 0.01 ? '↑' : perHour < -0.01 ? '↓' : '→');
/** What the quality flags say, in words a person uses; empty when there is nothing to say. */
export const qualityWords = (flags: string[]): string => flags.filter((q) => q !== 'None').map((q) => words.quality[q] ?? q).join(', ');

/**
 * The rules write their times in UTC, being read all over the world; who reads them here has a local clock before them. Both stand
 * there then: "at 11:54 (05:54 UTC)". `near` is a moment within half a day of what is told, for the offset of that day.
 */
export function withLocalTimes(text: string, near: string | number): string {
  return text.replace(/\b([01]\d|2[0-3]):([0-5]\d) UTC\b/g, (whole, h: string, m: string) => {
    const at = new Date(ms(near));
    at.setUTCHours(Number(h), Number(m), 0, 0);
    return at.getTimezoneOffset() === 0 ? whole : `${localTime(at.getTime())} (${whole})`;
  });
}

const languageNames = new Intl.DisplayNames([language.tag], { type: 'language', fallback: 'code' });
/** "Dzongkha", not "dz"; the tag itself when nobody knows it. */
export function languageName(tag: string): string {
  try {
    return words.languages[tag] ?? languageNames.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** As an input of type datetime-local wants it: the device's own time, without a zone. */
export function inputTime(time: string | number): string {
  const at = new Date(ms(time));
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
