import type { ZoneDetail } from '../../shared/api';
import { severityClass } from '../../shared/severity';
import { Age } from '../parts/Age';
import { number, people } from '../state/format';
import { select } from '../state/selection';
import { words } from '../words';

const t = words.risk;
const percent = (share: number): string => (share * 100).toLocaleString(undefined, { maximumFractionDigits: share < 0.1 ? 1 : 0 });

/** People and places by administrative unit: whom to call. */
export function Units({ units }: { units: ZoneDetail['units'] }) {
  if (units.length === 0) return null;
  return (
    <details class="section"><summary>{t.units} ({units.length})</summary>
      <table>
        <thead><tr><th>{t.unit}</th><th class="num">{t.people}</th><th class="num">{t.places}</th></tr></thead>
        <tbody>{units.map((u) => <tr key={u.country + u.unit}><td>{u.unit} <span class="muted">{u.country}</span></td><td class="num">{people(u.people)}</td><td class="num">{u.places}</td></tr>)}</tbody>
      </table>
    </details>
  );
}

/** What satellites and other rasters show of a zone, and how much of it they looked at. */
export function Seen({ seen }: { seen: ZoneDetail['seen'] }) {
  return (
    <details class="section"><summary>{words.extent.inZone} ({seen.length})</summary>
      {seen.length === 0 ? <p class="muted">{words.extent.none}</p> : (
        <ul>{seen.map((s) => (
          <li key={s.coverage + s.class}>
            <button type="button" class="link" onClick={() => select({ kind: 'extent', id: `${s.coverage}/${s.class}` })}>{words.extent.share(percent(s.share), s.name)}</button>, {s.source} <Age time={s.time} />
            {s.lookedAt < 0.995 && <span class="fault-text"> {words.extent.partly(percent(s.lookedAt))}</span>}
          </li>
        ))}</ul>
      )}
    </details>
  );
}

/** Where the zone stands among likelihood and impact. */
export function Matrix({ matrix }: { matrix: NonNullable<ZoneDetail['matrix']> }) {
  return (
    <details class="section"><summary>{t.matrix}</summary>
      <table class="matrix">
        <thead><tr><th />{matrix.impacts.map((impact) => <th key={impact} scope="col">{impact}</th>)}</tr></thead>
        <tbody>{[...matrix.likelihoods.keys()].reverse().map((row) => (
          <tr key={row}><th scope="row">{matrix.likelihoods[row]}</th>
            {matrix.cells[row]!.map((cell, column) => {
              const here = row === matrix.row && column === matrix.column;
              return <td key={column} class={`${severityClass(cell)}${here ? ' here' : ''}`} aria-current={here ? 'true' : undefined}>{words.severity[cell]}{here && <b> ◀ {t.here}</b>}</td>;
            })}
          </tr>
        ))}</tbody>
      </table>
    </details>
  );
}

/** The Sphere Handbook's minimum for the people inside. */
export function Needs({ needs }: { needs: ZoneDetail['needs'] }) {
  return (
    <details class="section"><summary>{t.needs}</summary>
      <p class="muted">{needs.assumption}</p>
      <table><tbody>{needs.items.map((item) => (
        <tr key={item.what}><td>{item.what}<br /><small class="muted">{number(item.perPerson)} {t.perPerson} · {item.source}</small></td><td class="num">{people(Math.round(item.amount))} {item.unit}</td></tr>
      ))}</tbody></table>
    </details>
  );
}
