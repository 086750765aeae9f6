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

const units: Record<string, string> = { '[ft_i]': 'ft', '[ft_i]3/s': 'ft³/s', 'm3/s': 'm³/s', 'ft3/s': 'ft³/s', mASD: 'm', mAOD: 'm', Cel: '°C' };
export const unitWords = (unit: string): string => units[unit] ?? unit;

/** As many digits as the value needs to be told from its neighbours: two below 10, one below 100, none above. */
export function number(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString(language.tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
export const quantity = (value: number, unit: string): string => `${number(value)} ${unitWords(unit)}`;
export const people = (count: number): string => words.number(count);
export const percent = (p: number): string => p.toLocaleString(language.tag, { maximumFractionDigits: 2 });
/** ↑ → ↓ : under 0.5 % of the value or 1 cm an hour nothing is said to move. */
export const trendArrow = (perHour: number | null): string => (perHour === null ? '' : perHour > 0.01 ? '↑' : perHour < -0.01 ? '↓' : '→');
