export type Bounds = [west: number, south: number, east: number, north: number];

function eachPosition(coordinates: unknown, see: (lon: number, lat: number) => void): void {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === 'number') see(coordinates[0], coordinates[1] as number);
  else coordinates.forEach((inner) => eachPosition(inner, see));
}

/** The box around all geometries; null when there is nothing. Areas across the 180th meridian are not expected here. */
export function boundsOf(geometries: Iterable<GeoJSON.Geometry | null>): Bounds | null {
  let box: Bounds | null = null;
  const see = (lon: number, lat: number): void => {
    box = box ? [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)] : [lon, lat, lon, lat];
  };
  for (const g of geometries) {
    if (!g) continue;
    if (g.type === 'GeometryCollection') g.geometries.forEach((inner) => 'coordinates' in inner && eachPosition(inner.coordinates, see));
    else eachPosition(g.coordinates, see);
  }
  return box;
}

export const centreOf = (box: Bounds): [number, number] => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];

const inRing = ([x, y]: [number, number], ring: GeoJSON.Position[]): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi, xj, yj] = [ring[i]![0]!, ring[i]![1]!, ring[j]![0]!, ring[j]![1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
};

/** True when the areas share a point: a corner of one in the other, or two edges that cross. Holes are not looked at. */
export function touches(a: GeoJSON.Geometry, b: GeoJSON.Geometry): boolean {
  const [boxA, boxB] = [boundsOf([a]), boundsOf([b])];
  if (!boxA || !boxB || boxA[0] > boxB[2] || boxB[0] > boxA[2] || boxA[1] > boxB[3] || boxB[1] > boxA[3]) return false;
  const rings = (g: GeoJSON.Geometry): GeoJSON.Position[][] => (g.type === 'Polygon' ? [g.coordinates[0]!] : g.type === 'MultiPolygon' ? g.coordinates.map((p) => p[0]!) : []);
  const side = (p: GeoJSON.Position, q: GeoJSON.Position, r: GeoJSON.Position): number => Math.sign((q[0]! - p[0]!) * (r[1]! - p[1]!) - (q[1]! - p[1]!) * (r[0]! - p[0]!));
  const cross = (r: GeoJSON.Position[], s: GeoJSON.Position[]): boolean => r.slice(1).some((q, i) => s.slice(1).some((t, j) => side(r[i]!, q, s[j]!) !== side(r[i]!, q, t) && side(s[j]!, t, r[i]!) !== side(s[j]!, t, q)));
  return rings(a).some((r) => rings(b).some((s) => inRing(r[0] as [number, number], s) || inRing(s[0] as [number, number], r) || cross(r, s)));
}

/** Where an area's badge stands: its middle if that lies inside, else the corner nearest to the middle (a valley bends). */
export function labelPoint(g: GeoJSON.Geometry): [number, number] | null {
  const box = boundsOf([g]);
  if (!box) return null;
  const middle = centreOf(box);
  const rings = g.type === 'Polygon' ? [g.coordinates[0]!] : g.type === 'MultiPolygon' ? g.coordinates.map((p) => p[0]!) : [];
  if (rings.length === 0 || rings.some((r) => inRing(middle, r))) return middle;
  const far = (p: GeoJSON.Position): number => Math.hypot(p[0]! - middle[0], p[1]! - middle[1]);
  const nearest = rings.flat().reduce((a, b) => (far(b) < far(a) ? b : a));
  return [nearest[0]!, nearest[1]!];
}

const earthKm = 6371.0088;
const rad = Math.PI / 180;

/** A circle as a polygon of `corners` points on the sphere, closed, counter-clockwise. */
export function circle([lon, lat]: [number, number], km: number, corners = 48): GeoJSON.Polygon {
  const d = km / earthKm;
  const ring = Array.from({ length: corners }, (_, i) => {
    const bearing = -(i / corners) * 2 * Math.PI;
    const φ = Math.asin(Math.sin(lat * rad) * Math.cos(d) + Math.cos(lat * rad) * Math.sin(d) * Math.cos(bearing));
    const λ = lon * rad + Math.atan2(Math.sin(bearing) * Math.sin(d) * Math.cos(lat * rad), Math.cos(d) - Math.sin(lat * rad) * Math.sin(φ));
    return [Number((λ / rad).toFixed(5)), Number((φ / rad).toFixed(5))];
  });
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}

/** Area of the outer rings less holes, in km², on the sphere; good to a percent for the sizes alerts have. */
export function areaKm2(g: GeoJSON.Geometry): number {
  const ring = (points: GeoJSON.Position[]): number => {
    let sum = 0;
    for (let i = 0; i < points.length - 1; i++) {
      const [x1, y1] = points[i]!;
      const [x2, y2] = points[i + 1]!;
      sum += (x2! - x1!) * rad * (2 + Math.sin(y1! * rad) + Math.sin(y2! * rad));
    }
    return Math.abs((sum * earthKm * earthKm) / 2);
  };
  const polygon = (rings: GeoJSON.Position[][]): number => rings.reduce((all, r, i) => all + (i === 0 ? ring(r) : -ring(r)), 0);
  if (g.type === 'Polygon') return polygon(g.coordinates);
  if (g.type === 'MultiPolygon') return g.coordinates.reduce((all, p) => all + polygon(p), 0);
  return 0;
}

export const cornerCount = (g: GeoJSON.Geometry): number => {
  let n = 0;
  if ('coordinates' in g) eachPosition(g.coordinates, () => n++);
  return n;
};

/** True when two edges of a ring cross: such an area means two different things to two readers. */
export function crossesItself(ring: GeoJSON.Position[]): boolean {
  const side = (a: GeoJSON.Position, b: GeoJSON.Position, c: GeoJSON.Position): number => Math.sign((b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!));
  const last = ring.length - 1;
  for (let i = 0; i < last; i++) {
    for (let j = i + 2; j < last; j++) {
      if (i === 0 && j === last - 1) continue;
      const [a, b, c, d] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
    }
  }
  return false;
}

/** The nearest of `points` on the screen in a direction: within 60° to either side of it. */
export function nearestInDirection<T extends { x: number; y: number }>(from: { x: number; y: number }, points: T[], key: string): T | null {
  const [dx, dy] = ({ ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] } as Record<string, [number, number]>)[key] ?? [0, 0];
  let best: { point: T; distance: number } | null = null;
  for (const point of points) {
    const [x, y] = [point.x - from.x, point.y - from.y];
    const distance = Math.hypot(x, y);
    if (distance < 2 || (x * dx + y * dy) / distance < 0.5) continue;
    if (!best || distance < best.distance) best = { point, distance };
  }
  return best?.point ?? null;
}
