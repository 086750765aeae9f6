import type { AreaOfInterest } from '../../shared/api';

const number = /^-?\d+(\.\d+)?$/;

/**
 * Where a feed of warnings is wanted, as one line of text: codes of countries and their parts (`BT, BT-33`), a box (`88.7 26.6 92.2 28.4`: west, south, east,
 * north) or GeoJSON; several of them with a semicolon between, GeoJSON last. Null: everywhere. What it means the server decides.
 */
export function toArea(text: string): AreaOfInterest | null {
  const area: AreaOfInterest = { box: [], units: [], geoJson: null };
  const brace = text.indexOf('{');
  if (brace >= 0) area.geoJson = text.slice(brace).trim();
  for (const part of (brace >= 0 ? text.slice(0, brace) : text).split(';')) {
    const words = part.split(/[\s,]+/).filter(Boolean);
    if (words.length === 0) continue;
    if (words.every((word) => number.test(word))) area.box = words.map(Number);
    else area.units.push(...words);
  }
  return area.box.length + area.units.length > 0 || area.geoJson !== null ? area : null;
}

export const fromArea = (area: AreaOfInterest | null | undefined): string =>
  area ? [area.units.join(', '), area.box.join(' '), area.geoJson ?? ''].filter(Boolean).join('; ') : '';
