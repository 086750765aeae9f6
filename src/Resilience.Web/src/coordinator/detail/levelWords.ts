import type { HazardKind, HazardLevel } from '../../shared/api';
import { quantity } from '../state/format';
import { words } from '../words';

/** What a level is called: a heavy rain is no minor flood. */
export const levelWords = (level: HazardLevel, kind: HazardKind | null | undefined): string => words.levelOfKind[kind ?? '']?.[level] ?? words.levelLong[level];

interface Limit { level: HazardLevel; value: number; hours?: number | null; kind?: HazardKind | null }

export const limitWords = (limit: Limit): string => levelWords(limit.level, limit.kind ?? (limit.hours ? 'HeavyRain' : null));

/** A threshold's value, of rain with the hours it is summed over. */
export const limitValue = (limit: Limit, unit: string): string => (limit.hours ? words.detail.inHours(quantity(limit.value, unit), limit.hours) : quantity(limit.value, unit));
