import type { CapSeverity } from '../../shared/api';
import { severities } from '../../shared/severity';

export interface Ramp { fill: string; onFill: string; outline: string }
/** The map's colours, read from the page's style sheet so that they exist once. */
export interface Palette {
  land: string; water: string; river: string; border: string; admin: string; glacier: string; label: string; halo: string;
  text: string; surface: string; accent: string; fault: string; control: string; safe: string; seen: string; crowd: string; severity: Record<CapSeverity, Ramp>;
}

export function readPalette(dark: boolean): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const ramp = (s: CapSeverity): Ramp => {
    const name = s.toLowerCase();
    return { fill: token(name), onFill: token(`on-${name}`), outline: token(`${name}-outline`) };
  };
  return {
    ...(dark
      ? { land: '#22272c', water: '#191d21', river: '#2c3338', border: '#6b757f', admin: '#3a4148', glacier: '#2b3237', label: '#b4bdc5', halo: '#22272c' }
      : { land: '#e6e8ea', water: '#d3d8dc', river: '#c6cdd3', border: '#8a939b', admin: '#cfd4d8', glacier: '#f3f5f6', label: '#4a525a', halo: '#e6e8ea' }),
    text: token('text'), surface: token('surface'), accent: token('accent'), fault: token('fault'), control: token('control'), safe: token('safe'), seen: token('seen'), crowd: token('crowd'),
    severity: Object.fromEntries(severities.map((s) => [s, ramp(s)])) as Record<CapSeverity, Ramp>,
  };
}
