// Decodes vector tiles with the decoder that map clients use and prints what it sees as JSON. Arguments: files, each z-x-y.mvt.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { VectorTile, classifyRings } from '@mapbox/vector-tile';
import Pbf from 'pbf';

const area = ring => ring.slice(0, -1).reduce((sum, a, i) => sum + a.x * ring[i + 1].y - ring[i + 1].x * a.y, 0) / 2;

const tiles = process.argv.slice(2).map(file => {
  const [z, x, y] = basename(file, '.mvt').split('-').map(Number);
  const tile = new VectorTile(new Pbf(readFileSync(file)));
  const layers = {};
  for (const [name, layer] of Object.entries(tile.layers)) {
    const features = [];
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i);
      const rings = feature.loadGeometry();
      const points = rings.flat();
      features.push({
        id: feature.id ?? null, type: feature.type, properties: feature.properties,
        min: Math.min(...points.flatMap(p => [p.x, p.y])), max: Math.max(...points.flatMap(p => [p.x, p.y])),
        areas: feature.type === 3 ? rings.map(area) : [],
        polygons: feature.type === 3 ? classifyRings(rings).length : 0,
        geojson: feature.toGeoJSON(x, y, z).geometry,
      });
    }
    layers[name] = { version: layer.version, extent: layer.extent, features };
  }
  return layers;
});
console.log(JSON.stringify(tiles));
