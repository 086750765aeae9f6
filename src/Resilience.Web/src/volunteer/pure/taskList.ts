// The list is the first thing a volunteer sees: near before far, and among what is equally near the urgent before the rest.
import type { TaskProperties } from '../../shared/api';
import { kilometresBetween, type Position } from '../../shared/phone/position';
import { worstFirst } from '../../shared/severity';

/** A task with its point; null where the server named none. */
export interface PlacedTask extends TaskProperties { lon: number | null; lat: number | null }
export interface Filter { place: string; skill: string }
export const noFilter: Filter = { place: '', skill: '' };

export const distanceTo = (task: PlacedTask, here: Position | null): number | null =>
  here === null || task.lon === null || task.lat === null ? null : kilometresBetween(here, { lon: task.lon, lat: task.lat });

/** 300 m more or less does not outweigh a life, so distances are compared in steps of a walk, a ride and a drive. */
const STEPS_KM = [1, 2.5, 5, 10, 25, 50];
const step = (km: number | null): number => {
  if (km === null) return STEPS_KM.length + 1;
  const index = STEPS_KM.findIndex(limit => km <= limit);
  return index === -1 ? STEPS_KM.length : index;
};

export function sortTasks(tasks: readonly PlacedTask[], here: Position | null): PlacedTask[] {
  const km = new Map(tasks.map(t => [t.id, distanceTo(t, here)]));
  return [...tasks].sort((a, b) =>
    step(km.get(a.id) ?? null) - step(km.get(b.id) ?? null)
    || worstFirst(a.severity, b.severity)
    || (km.get(a.id) ?? Infinity) - (km.get(b.id) ?? Infinity)
    || Date.parse(a.created) - Date.parse(b.created)
    || 0);
}

export const passes = (task: PlacedTask, filter: Filter): boolean =>
  (filter.place === '' || task.place === filter.place) && (filter.skill === '' || task.skill === filter.skill);

/** What can be chosen in a filter: only what is there. */
export const choices = (tasks: readonly PlacedTask[], of: 'place' | 'skill'): string[] =>
  [...new Set(tasks.map(t => t[of]))].filter(Boolean).sort((a, b) => a.localeCompare(b));

export interface Grouped { mine: PlacedTask[]; open: PlacedTask[]; taken: PlacedTask[] }

export function groupTasks(tasks: readonly PlacedTask[], me: string | null): Grouped {
  const mine = tasks.filter(t => t.state === 'Claimed' && t.claimedById === me && me !== null);
  return { mine, open: tasks.filter(t => t.state === 'Open'), taken: tasks.filter(t => t.state === 'Claimed' && !mine.includes(t)) };
}
