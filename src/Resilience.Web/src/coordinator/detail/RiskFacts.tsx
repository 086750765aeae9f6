import type { ExposedRoad, ExposureFile, Vulnerability as VulnerabilityOf, ZoneDetail } from '../../shared/api';
import { severityClass } from '../../shared/severity';
import { useState } from 'preact/hooks';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { number, people, roughPeople } from '../state/format';
import { useResource } from '../state/resource';
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

const orderOfKinds = ['Hospital', 'Clinic', 'School', 'Shelter', 'Bridge'];
const rank = (kind: string): number => (orderOfKinds.includes(kind) ? orderOfKinds.indexOf(kind) : orderOfKinds.length);

/** Critical sites: those whose people cannot leave by themselves first. */
export function Sites({ sites }: { sites: { name: string; kind: string; km?: number; capacity: number | null }[] }) {
  if (sites.length === 0) return null;
  const shown = [...sites].sort((a, b) => rank(a.kind) - rank(b.kind) || a.name.localeCompare(b.name)).slice(0, 60);
  return (
    <details class="section" open={sites.some((s) => s.kind === 'Hospital')}><summary>{words.detail.sites} ({sites.length})</summary>
      <table><tbody>{shown.map((s, i) => (
        <tr key={i}><td>{s.name}</td><td>{t.site[s.kind] ?? s.kind}{s.capacity !== null && <small class="muted"> {t.holds(s.kind, people(s.capacity))}</small>}</td>{s.km !== undefined && <td class="num">{words.detail.km(number(s.km))}</td>}</tr>
      ))}</tbody></table>
    </details>
  );
}

/** Roads inside; null: none are supplied here, which the assumptions say. */
export function Roads({ roads }: { roads: ExposedRoad[] | null }) {
  if (roads === null) return null;
  return (
    <details class="section"><summary>{t.roads} ({roads.length})</summary>
      {roads.length === 0 ? <p class="muted">{t.noRoads}</p> : (
        <table><tbody>{roads.slice(0, 30).map((r) => <tr key={r.name + r.class}><td>{r.name || t.unnamed}</td><td>{r.class}</td><td class="num">{words.detail.km(tenth(r.km))}</td></tr>)}</tbody></table>
      )}
    </details>
  );
}

const tenth = (value: number): string => value.toLocaleString(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** From here on the impact counts one class more (Vulnerability.VeryHigh). */
const veryHigh = 6.4;

/** How easily those inside are harmed, indicator by indicator. */
export function Vulnerability({ vulnerability }: { vulnerability: VulnerabilityOf | null }) {
  if (!vulnerability) return null;
  return (
    <details class="section" open><summary>{t.vulnerability}: {t.index(tenth(vulnerability.index))}{vulnerability.index >= veryHigh && <b> ({t.veryHigh})</b>}</summary>
      <table><tbody>{vulnerability.indicators.map((i) => (
        <tr key={i.key}>
          <td>{t.indicator[i.key] ?? i.key}<br /><small class="muted">{t.about(roughPeople(i.people))} · {i.source}</small></td>
          <td class="num">{percent(i.share)} %</td>
          <td><meter class="score" min={0} max={10} value={i.score} aria-label={`${t.indicator[i.key] ?? i.key}: ${t.index(tenth(i.score))}`} /></td>
        </tr>
      ))}</tbody></table>
      <p class="muted small-line">{t.method}</p>
    </details>
  );
}

/** How the files behind all this were read: asked for when opened. */
export function ExposureFiles() {
  const [open, setOpen] = useState(false);
  const files = useResource<ExposureFile[]>(open ? '/risk/exposure' : null);
  return (
    <details class="section" onToggle={(e) => setOpen(e.currentTarget.open)}><summary>{t.files}</summary>
      {open && <Notice resource={files} what={t.files.toLocaleLowerCase()} />}
      {files.data?.length === 0 && <p class="muted">{t.filesNone}</p>}
      <ul>{files.data?.map((f) => (
        <li key={f.name}><b>{f.name}</b>: {f.holds || t.nothing}
          {f.refused.length > 0 && <ul>{f.refused.map((r) => <li key={r.reason} class="fault-text">{t.refused(people(r.count))}: {r.reason} <small>({t.first(r.where)})</small></li>)}</ul>}
        </li>
      ))}</ul>
    </details>
  );
}
