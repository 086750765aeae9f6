import { computed, signal } from '@preact/signals';
import type { Place } from '../../shared/api';
import { roundedForServer, type Position } from '../../shared/phone/position';
import { keys, store } from './store';

/** A place a person wants warnings for. Stays on this phone. */
export interface SavedPlace { id: string; name: string; region: string; lon: number; lat: number }

interface Kept { places: SavedPlace[]; active: string | null }

const MOST = 5;

export const places = signal<SavedPlace[]>([]);
const activeId = signal<string | null>(null);
export const activePlace = computed<SavedPlace | null>(() => places.value.find(p => p.id === activeId.value) ?? places.value[0] ?? null);

export async function loadPlaces(): Promise<void> {
  const kept = await store.get<Kept>(keys.places);
  places.value = kept?.places ?? [];
  activeId.value = kept?.active ?? null;
}

export const fromGazetteer = (place: Place): SavedPlace =>
  ({ id: place.id, name: place.name, region: [place.admin1, place.country].filter(Boolean).join(', '), ...roundedForServer(place) });

/** A position is rounded before it is even kept: what is not stored cannot leak. */
export const fromPosition = (at: Position, name: string): SavedPlace => {
  const rounded = roundedForServer(at);
  return { id: `here:${rounded.lon},${rounded.lat}`, name, region: `${rounded.lat.toFixed(2)}, ${rounded.lon.toFixed(2)}`, ...rounded };
};

/** The name as others can use it: "My place" says nothing to who comes to help. */
export const publicName = (place: SavedPlace | null): string => (place === null || place.id.startsWith('here:') ? '' : place.name);

export async function choosePlace(place: SavedPlace): Promise<void> {
  places.value = [place, ...places.value.filter(p => p.id !== place.id)].slice(0, MOST);
  activeId.value = place.id;
  await keep();
}

export async function removePlace(id: string): Promise<void> {
  places.value = places.value.filter(p => p.id !== id);
  if (activeId.value === id) activeId.value = places.value[0]?.id ?? null;
  await keep();
}

const keep = () => store.set(keys.places, { places: places.value, active: activeId.value } satisfies Kept);
