import type { Arrivals } from '../../shared/api';
import { number, timeOrDay, zoneOffset } from '../state/format';
import { words } from '../words';

const t = words.arrivals;

/** Settlement → window, nearest first; a window its own gauge has shown stands out. */
export function ArrivalList({ arrivals }: { arrivals: Arrivals | null }) {
  const places = arrivals?.places.filter((p) => p.settlement) ?? [];
  if (!arrivals || places.length === 0) return null;
  return (
    <section class="section arrivals">
      <h3>{t.title}</h3>
      {arrivals.synthetic && <p class="fault-text">{t.drill}</p>}
      <table>
        <thead><tr><th>{t.place}</th><th>{t.window} (UTC{zoneOffset()})</th><th>{t.km}</th></tr></thead>
        <tbody>{places.map((p) => (
          <tr key={p.place}>
            <td>{p.place}</td>
            <td class="num"><b><time dateTime={p.earliest}>{timeOrDay(p.earliest)}</time>–<time dateTime={p.latest}>{timeOrDay(p.latest)}</time></b>{p.seen && <><br /><span class="muted">{t.seen}</span></>}</td>
            <td class="num">{words.detail.km(number(p.km))}</td>
          </tr>
        ))}</tbody>
      </table>
      <details><summary>{t.method}</summary><p class="muted">{arrivals.method}</p></details>
    </section>
  );
}
