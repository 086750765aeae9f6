import type { Arrivals, CapSeverity, ExtentProperties, ZoneProperties } from './api';

// ---- risk: who and what a zone holds ------------------------------------------------------------------------------

// GET /risk/zones/{id} → ZoneDetail
export interface ZoneDetail extends ZoneProperties { removed: boolean; places: { name: string; people: number; km: number; kmToRoad: number | null }[]; siteList: { name: string; kind: string; km: number; capacity: number | null }[]; assumptions: string[]; arrivals: Arrivals | null;
  /** By country and first-order division, most people first. */
  units: { country: string; unit: string; people: number; places: number; sites: number }[];
  /** cells[row of likelihoods][column of impacts]; the zone stands at row, column. Null for a relayed warning: its severity is its authority's. */
  matrix: { likelihoods: string[]; impacts: string[]; cells: CapSeverity[][]; row: number; column: number } | null;
  needs: Needs;
  /** What rasters show of the zone: shares of its area, 0 to 1. */
  seen: { coverage: string; class: number; name: string; quantity: ExtentProperties['quantity']; source: string; time: string; share: number; lookedAt: number; seenShare: number; exercise: boolean }[];
  notKnown: string[]; roads: ExposedRoad[] | null; vulnerability: Vulnerability | null; damage: Damage | null }
/** Inside an area, in kilometres; class as its source calls it. */
export interface ExposedRoad { name: string; class: string; km: number }
/** Index 0 to 10; indicators with share (0 to 1), people and score (0 to 10). Keys: under5, over65, disabled, fragile-homes, far-from-roads. */
export interface Vulnerability { index: number; indicators: { key: string; share: number; people: number; score: number; source: string }[] }
/** What water of a depth destroys of a building's value; use: residential or commercial; shares 0 to 1. */
export interface Damage { depthMetres: number; region: string; curves: { use: string; depths: number[]; shares: number[]; share: number }[]; assumption: string; source: string }
// GET /risk/exposure → ExposureFile[] (coordinators) : how each exposure file was read
export interface ExposureFile { name: string; kind: string; used: number; holds: string; refused: { reason: string; count: number; where: string }[] }
// GET /risk/extents/{coverageId}/{class} → ExtentDetail : who and what lies in a raster's class
export interface ExtentDetail {
  coverage: string; class: number; name: string; quantity: ExtentProperties['quantity']; unit: string; source: string; credit: string; time: string; receivedAt: string; squareKilometres: number; coarsening: number; seenShare: number;
  exercise: boolean; people: number; places: { id: string; name: string; people: number }[]; sites: { id: string; name: string; kind: string; capacity: number | null }[]; units: ZoneDetail['units']; assumptions: string[]; roads: ExposedRoad[] | null; vulnerability: Vulnerability | null;
}
// GET /risk/needs?people= → Needs : the Sphere Handbook's minimum for displaced people
export interface Needs { people: number; assumption: string; items: { what: string; perPerson: number; unit: string; amount: number; source: string }[] }
// GET /map/at?time= → MapMoment : the public layers as known at a past moment, or up to 12 h ahead (then with layer hazards.forecasts)
export interface MapMoment { time: string; now: string; ahead: boolean; layers: Record<string, { type: 'FeatureCollection'; features: unknown[] }> }
// GET /risk/layers/zones.geojson (ETag) · GET /risk/tiles/zones.json (TileJSON, names the edition) · GET /risk/tiles/zones/{edition}/{z}/{x}/{y}.mvt · GET /risk/basemap/{z}/{x}/{y}.mvt
// GET /risk/tiles/exposure.json (TileJSON) · GET /risk/tiles/exposure/{edition}/{z}/{x}/{y}.mvt, zoom 0 to 13: layers sites (id, name, kind, capacity), roads (name, class)
//   basemap layers: land, lakes, rivers, glaciers, borders, admin1, places (name, rank, population, class)
// GET /risk/places?q=&limit= → Place[]
export interface Place { id: string; name: string; country: string; admin1: string; lon: number; lat: number; population: number }
