import type { DensityProperties } from '../../shared/api';
import { densityTone, finestWideLevel } from '../map/drawn';
import { bucket, dayTime } from '../state/format';
import { density, find } from '../state/layers';
import { words } from '../words';
import { Facts, Head } from './Head';

const t = words.density;

/** How many report from one cell of the grid, what they speak of, and since when. */
export function DensityPanel({ id }: { id: string }) {
  const cell = find(density, id)?.properties;
  return cell ? <DensityFacts cell={cell} /> : <p class="empty">{words.detail.gone}</p>;
}

export function DensityFacts({ cell }: { cell: DensityProperties }) {
  const wide = cell.level <= finestWideLevel;
  return (
    <>
      <Head symbol={<span class={wide ? 'swatch swatch-crowd-wide' : `swatch swatch-crowd tone-${densityTone(cell.atLeast)}`} />} title={words.map.layer.density} exercise={cell.exercise} sub={t.window(cell.windowHours)} />
      <p class="big"><b>{t.people(bucket(cell))}</b></p>
      <Facts facts={[[t.cell, t.km(words.number(cell.km))], [t.since, <time dateTime={cell.since}>{dayTime(cell.since)}</time>], [t.until, <time dateTime={cell.until}>{dayTime(cell.until)}</time>]]} />
      {wide && <p>{t.wideNote}</p>}
      <details class="section" open><summary>{t.what} ({cell.parts.length})</summary>
        <table><tbody>{cell.parts.map((p) => <tr key={p.category}><td>{p.category === 'mixed' ? t.mixed : words.category[p.category] ?? p.category}</td><td class="num">{bucket(p)}</td></tr>)}</tbody></table>
      </details>
      <p class="muted">{t.rule}</p>
    </>
  );
}
