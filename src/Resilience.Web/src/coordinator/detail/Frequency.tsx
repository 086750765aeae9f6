import type { StationFrequency, StationProperties } from '../../shared/api';
import { path } from '../../shared/client';
import { Notice } from '../parts/Notice';
import { number, quantity, unitWords } from '../state/format';
import { useResource } from '../state/resource';
import { words } from '../words';
import { frame, plotOf, ranked } from './frequencyData';

const t = words.frequency;

/** How rare the present water is at this gauge: a sentence, a drawing and a table of the same. */
export function Frequency({ station }: { station: StationProperties }) {
  const frequency = useResource<StationFrequency>(path`/hazards/stations/${station.id}/frequency`, station.time?.slice(0, 13));
  const f = frequency.data;
  return (
    <section class="frequency section" aria-label={t.title}>
      <h3>{t.title}</h3>
      <Notice resource={frequency} what={t.title.toLocaleLowerCase()} />
      {f && !f.fit && <p class="muted">{f.why}</p>}
      {f?.fit && (
        <>
          <p class="summary">{now(f)}</p>
          <FrequencyPlot f={f} />
          <p class="muted small-line">{t.key}. {t.record(f.years, f.source)} {f.current?.rating && `${t.rating(f.current.rating.source, f.current.rating.version)}.`}</p>
          <details>
            <summary>{t.table}</summary>
            <table>
              <thead><tr><th>{t.once}</th><th>{t.value} ({unitWords(f.unit)})</th><th>{t.between}</th></tr></thead>
              <tbody>{f.levels.map((l) => <tr key={l.years}><td>{t.years(l.years)}</td><td class="num">{number(l.value)}</td><td class="num">{number(l.low)}–{number(l.high)}</td></tr>)}</tbody>
            </table>
            <p class="muted small-line">{t.method}</p>
          </details>
        </>
      )}
    </section>
  );
}

const now = (f: StationFrequency): string => (f.current ? t.now(quantity(f.current.value, f.current.unit), f.current.words) : t.nothing);
const asked = [2, 5, 10, 20, 50, 100];

function FrequencyPlot({ f }: { f: StationFrequency }) {
  const { x, y, ticks } = plotOf(f);
  const line = (of: (l: StationFrequency['levels'][number]) => number, levels = f.levels): string => levels.map((l) => `${x(l.years).toFixed(1)},${y(of(l)).toFixed(1)}`).join(' ');
  const band = `${line((l) => l.high)} ${line((l) => l.low, [...f.levels].reverse())}`;
  const said = t.picture(f.years, quantity(f.levels[0]!.value, f.unit), quantity(f.levels.at(-1)!.value, f.unit), f.current ? now(f) : '');
  return (
    <svg class="frequency-plot" viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={said}>
      {ticks.map((v) => <g key={v}><line class="grid" x1={frame.left} x2={frame.right} y1={y(v)} y2={y(v)} /><text x={frame.left - 4} y={y(v) + 4} text-anchor="end">{v.toLocaleString()}</text></g>)}
      {asked.map((years) => <g key={years}><line class="grid" x1={x(years)} x2={x(years)} y1={frame.top} y2={frame.bottom} /><text x={x(years)} y={frame.bottom + 14} text-anchor="middle">{years}</text></g>)}
      <text x={frame.right} y={frame.height - 4} text-anchor="end">{t.axis.years}</text>
      <text x={2} y={frame.height - 4}>{f.of && t.axis[f.of]}, {unitWords(f.unit)}</text>
      <polygon class="band" points={band} />
      <polyline class="curve" points={line((l) => l.value)} />
      {ranked(f.maxima).map((m) => <circle key={m.year} class="year" cx={x(m.years)} cy={y(m.value)} r={3}><title>{`${m.year}: ${quantity(m.value, f.unit)}`}</title></circle>)}
      {f.current && <g><line class="now" x1={frame.left} x2={frame.right} y1={y(f.current.value)} y2={y(f.current.value)} /><text class="now-word" x={frame.left + 4} y={y(f.current.value) - 4}>{words.hydrograph.now} {number(f.current.value)}</text></g>}
    </svg>
  );
}
