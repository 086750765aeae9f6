// Age belongs to the data: how long ago the last good check was, in words a person uses.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How much the saved content may be trusted. Old: said in bold. Untrusted: a full-width bar above everything. */
export type Freshness = 'Fresh' | 'Old' | 'Untrusted';

const OLD_AFTER = 30 * MINUTE;
const UNTRUSTED_AFTER = 6 * HOUR;

export function freshness(ageMs: number): Freshness {
  if (ageMs > UNTRUSTED_AFTER) return 'Untrusted';
  return ageMs > OLD_AFTER ? 'Old' : 'Fresh';
}

export interface AgeWords {
  now: string;
  minutes(n: number): string;
  hours(n: number): string;
  days(n: number): string;
}

/** "just now", "2 min", "3 h", "2 days": rounded down, so that data never looks younger than said. A clock set back counts as now. */
export function ageText(ageMs: number, words: AgeWords): string {
  if (ageMs < MINUTE) return words.now;
  if (ageMs < HOUR) return words.minutes(Math.floor(ageMs / MINUTE));
  if (ageMs < 2 * DAY) return words.hours(Math.floor(ageMs / HOUR));
  return words.days(Math.floor(ageMs / DAY));
}

/** 14:32, always 24 h and always with the same digits. */
export function clockText(ms: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(ms);
}

export interface DayWords { today: string; tomorrow: string; yesterday: string }

/** "20:00 today", "06:00 tomorrow", "06:00 Wednesday", "06:00, 3 Dec": the day by name, since a bare time is misread after midnight. */
export function momentText(ms: number, now: number, words: DayWords, locale: string, timeZone?: string): string {
  const clock = clockText(ms, timeZone);
  const days = dayNumber(ms, timeZone) - dayNumber(now, timeZone);
  if (days === 0) return `${clock} ${words.today}`;
  if (days === 1) return `${clock} ${words.tomorrow}`;
  if (days === -1) return `${clock} ${words.yesterday}`;
  const date = new Date(ms);
  if (days > 1 && days < 7) return `${clock} ${new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone }).format(date)}`;
  return `${clock}, ${new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone }).format(date)}`;
}

function dayNumber(ms: number, timeZone?: string): number {
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone })
    .format(ms).split('-').map(Number);
  return Math.round(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1) / DAY);
}
