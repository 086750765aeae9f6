import type { Draft } from '../../shared/api';
import { crossesItself } from '../map/geometry';

export type Check = Draft['checks'][number];

/** The checks that can run at every keystroke. The server's checks come with each save and have the last word. */
export function localChecks(d: Pick<Draft, 'expires' | 'onset' | 'areaDesc' | 'area' | 'texts'>, now: number): Check[] {
  const found: Check[] = [];
  const stop = (field: string, code: string, message: string) => found.push({ field, severity: 'stop', code, message });
  const ends = Date.parse(d.expires);
  if (!Number.isFinite(ends)) stop('expires', 'no-end', 'Say until when.');
  else if (ends <= now) stop('expires', 'expired', 'The end lies in the past.');
  if (d.onset && Date.parse(d.onset) >= ends) stop('onset', 'onset-after-end', 'It would begin after its end.');
  if (!d.areaDesc.trim()) stop('areaDesc', 'no-place', 'Say in words where it is.');
  if (d.area.type === 'Polygon') {
    const ring = d.area.coordinates[0] ?? [];
    if (ring.length < 4) stop('area', 'area-empty', 'Draw the area.');
    else if (crossesItself(ring)) stop('area', 'area-crosses', 'The area crosses itself: draw it again.');
  }
  for (const text of d.texts) {
    // A language nobody has begun is the server's matter: it asks, it does not stop.
    if (!text.headline && !text.description && !text.instruction && text.language !== 'en') continue;
    if (!text.headline.trim()) stop(`texts.${text.language}.headline`, 'no-headline', 'The headline is empty.');
    if (!text.description.trim()) stop(`texts.${text.language}.description`, 'no-description', 'The description is empty.');
    if (!text.instruction.trim()) stop(`texts.${text.language}.instruction`, 'no-instruction', 'Say what to do.');
  }
  return found;
}

/** Local findings in place of the server's for the same field and code; the server's others stay, being about what was saved. */
export function mergeChecks(local: Check[], server: Check[], edited: boolean): Check[] {
  const localCodes = new Set(['no-end', 'expired', 'onset-after-end', 'no-place', 'area-empty', 'area-crosses', 'no-headline', 'no-description', 'no-instruction']);
  const kept = server.filter((c) => !edited || !localCodes.has(c.code.split('.').at(-1)!));
  const known = new Set(kept.map((c) => `${c.field}/${c.code.split('.').at(-1)}`));
  return [...local.filter((c) => !known.has(`${c.field}/${c.code}`)), ...kept].sort((a, b) => Number(b.severity === 'stop') - Number(a.severity === 'stop'));
}

/** The id of the control that a check is about. */
export const fieldId = (field: string): string => `field-${field.replaceAll('.', '-')}`;
