import type { NeighbourFinding } from '../../shared/api';
import { path } from '../../shared/client';
import { Notice } from '../parts/Notice';
import { number, quantity, timeOrDay } from '../state/format';
import { useResource } from '../state/resource';
import { select } from '../state/selection';
import { words } from '../words';
import { comparisonRows, findingWords } from './findingWords';

const t = words.finding;

/** What the neighbours of a station contradict, with both sides of it; nothing where they do not. */
export function Contradictions({ station, mark }: { station: string; mark: string }) {
  const findings = useResource<NeighbourFinding[]>(path`/observations/stations/${station}/findings`, mark);
  const open = findings.data?.filter((f) => f.until === null) ?? [];
  const past = findings.data?.filter((f) => f.until !== null) ?? [];
  return (
    <>
      {mark.includes('Neighbour') && <Notice resource={findings} what={t.title.toLocaleLowerCase()} />}
      {open.map((f) => <section key={f.id} class="section"><h3>{t.title}</h3><p class="fault-text">{findingWords(f)}</p><Comparison of={f} /></section>)}
      {past.length > 0 && <details class="section"><summary>{t.past(past.length)}</summary>{past.map((f) => <p key={f.id}>{findingWords(f)}</p>)}</details>}
    </>
  );
}

function Comparison({ of }: { of: NeighbourFinding }) {
  const rows = comparisonRows(of);
  if (rows.length === 0) return null;
  return (
    <table class="compare">
      <caption>{of.kind === 'Dry' ? t.sums(timeOrDay(of.at)) : t.values(timeOrDay(of.at))}</caption>
      <thead><tr><th>{t.station}</th><th>{t.away}</th><th>{t.said}</th></tr></thead>
      <tbody>{rows.map((row) => (
        <tr key={row.station}>
          <th scope="row">{row.kilometres === null ? row.name : <button type="button" class="link" onClick={() => select({ kind: 'station', id: row.station })}>{row.name}</button>}</th>
          <td class="num">{row.kilometres === null ? '–' : t.km(number(row.kilometres))}</td>
          <td class="num">{quantity(row.value, of.unit)}{row.adjusted !== null && <span class="muted"> {t.adjusted(quantity(row.adjusted, of.unit))}</span>}</td>
        </tr>
      ))}</tbody>
      <tfoot><tr><th scope="row">{t.expected}</th><td /><td class="num">{t.within(quantity(of.expected, of.unit), quantity(of.tolerance, of.unit))}</td></tr></tfoot>
    </table>
  );
}
