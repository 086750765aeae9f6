// Where things are, seen from a person: kilometres and a compass word rather than coordinates.

export interface Position { lon: number; lat: number }

const EARTH_KM = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** About 1 km: enough to choose alerts, too coarse to find a house. */
export const roundedForServer = (p: Position): Position => ({ lon: Math.round(p.lon * 100) / 100, lat: Math.round(p.lat * 100) / 100 });

export function kilometresBetween(a: Position, b: Position): number {
  const h = Math.sin(radians(b.lat - a.lat) / 2) ** 2
    + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Direction to walk from a to b: 0 north, 90 east. */
export function bearing(a: Position, b: Position): number {
  const y = Math.sin(radians(b.lon - a.lon)) * Math.cos(radians(b.lat));
  const x = Math.cos(radians(a.lat)) * Math.sin(radians(b.lat)) - Math.sin(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.cos(radians(b.lon - a.lon));
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

const POINTS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;
export type CompassPoint = (typeof POINTS)[number];
export const compassPoint = (degrees: number): CompassPoint => POINTS[Math.round(degrees / 45) % 8] ?? 'N';

/** "400 m", "2.4 km", "31 km": no more digits than a walker can use. */
export function distanceText(km: number): string {
  if (km < 0.95) return `${Math.max(50, Math.round(km * 20) * 50)} m`;
  return km < 9.95 ? `${km.toFixed(1)} km` : `${Math.round(km)} km`;
}

/** The phone's own position, asked only on a tap. */
export function whereIAm(): Promise<Position> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) { reject(new Error('no geolocation')); return; }
    navigator.geolocation.getCurrentPosition(
      at => resolve({ lon: at.coords.longitude, lat: at.coords.latitude }),
      reject,
      { enableHighAccuracy: false, timeout: 15_000, maximumAge: 5 * 60_000 },
    );
  });
}
