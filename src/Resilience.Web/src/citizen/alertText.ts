// The sentences about an alert that card, page and shared message have in common.
import type { NearAlert } from '../shared/api';
import { distanceText } from '../shared/phone/position';
import { momentText } from '../shared/phone/age';
import { now } from '../shared/phone/clock';
import { words } from './words';

/**
 * A text of a drill without the word EXERCISE first and last: for places that already carry the plate and the word, where the frame
 * would only push "move uphill" down the page. What leaves the phone keeps it.
 */
export const withoutFrame = (text: string): string => text.replace(/^EXERCISE\s*[–:-]\s*/u, '').replace(/\s*–\s*EXERCISE\s*$/u, '');

export const isExercise = (alert: NearAlert): boolean => alert.status !== 'Actual';

const moment = (iso: string) => momentText(Date.parse(iso), now(), words.days, words.locale);

/** "From 18:00 today · until 20:00 today" while it has not begun, else only the end. */
export function untilText(alert: NearAlert): string {
  const until = words.card.until(moment(alert.expires));
  return alert.onset !== null && Date.parse(alert.onset) > now() ? `${words.card.from(moment(alert.onset))} · ${until.charAt(0).toLowerCase()}${until.slice(1)}` : until;
}

/** The same under a heading that already says "until when". */
export const periodText = (alert: NearAlert): string =>
  alert.onset !== null && Date.parse(alert.onset) > now() ? untilText(alert) : moment(alert.expires);

export function whereText(alert: NearAlert): string | null {
  if (alert.inside) return words.card.here;
  return Number.isNaN(alert.km) ? null : words.card.away(distanceText(alert.km));
}

export const sentText = (alert: NearAlert): string => words.alert.sent(moment(alert.sent));

export const pageAddress = (alert: NearAlert): string => new URL(alert.url, location.origin).href;

/** First and last word of an exercise is the word itself, whoever forwards it. */
export function sharedText(alert: NearAlert): string {
  const said = [alert.text.headline, alert.text.instruction, untilText(alert)].map(withoutFrame).filter(Boolean).join(' ');
  return isExercise(alert) ? `${words.exercisePrefix} – ${said} – ${words.exercisePrefix}` : said;
}

/** What the device's voice reads: the same order as the page. */
export function spokenText(alert: NearAlert): string {
  const said = [alert.text.headline, alert.text.description, alert.areaDesc, alert.text.instruction].map(withoutFrame).filter(Boolean).map(text => (/[.!?།।]$/u.test(text) ? text : `${text}.`)).join(' ');
  return isExercise(alert) ? `${words.exercisePrefix}. ${said} ${words.exercisePrefix}.` : said;
}
