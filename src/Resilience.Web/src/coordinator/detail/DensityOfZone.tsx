import type { DensityProperties } from '../../shared/api';
import type { LayerFeature } from '../../shared/layerState';
import { finestWideLevel } from '../map/drawn';
import { touches } from '../map/geometry';
import { bucket } from '../state/format';
import { density, list } from '../state/layers';
import { select } from '../state/selection';
import { words } from '../words';

const t = words.density;

/** Cells that touch an area, the finest and fullest first. Nothing finer than a whole cell is ever known. */
export const cellsOf = (area: GeoJSON.Geometry, cells: LayerFeature<DensityProperties>[]): DensityProperties[] =>
  cells.filter((c) => c.geometry !== null && touches(area, c.geometry)).map((c) => c.properties).sort((a, b) => b.level - a.level || b.atLeast - a.atLeast || a.id.localeCompare(b.id));

/** How many report from where a zone lies. */
export function DensityOfZone({ zone }: { zone: GeoJSON.Geometry | null }) {
  if (!zone) return null;
  const cells = cellsOf(zone, list(density));
  const near = cells.filter((c) => c.level > finestWideLevel);
  const wide = cells.filter((c) => c.level <= finestWideLevel);
  const items = (of: DensityProperties[]) => <ul>{of.slice(0, 10).map((c) => <li key={c.id}><button type="button" class="link" onClick={() => select({ kind: 'density', id: c.id })}>{t.cellOf(bucket(c), words.number(c.km))}</button>{c.exercise && ` · ${words.exercise}`}</li>)}</ul>;
  return (
    <details class="section" open={near.length > 0}><summary>{t.inZone} ({near.length === 0 ? '< 5' : `≥ ${words.number(near.reduce((sum, c) => sum + c.atLeast, 0))}`})</summary>
      {near.length === 0 ? <p class="muted">{t.none}</p> : <><p>{t.zone(words.number(near.reduce((sum, c) => sum + c.atLeast, 0)))}</p>{items(near)}</>}
      {wide.length > 0 && <><p class="muted">{t.wider}</p>{items(wide)}</>}
    </details>
  );
}
