import { useMemo, useState } from 'preact/hooks';
import type { ObservationPoint, StationForecast, StationProperties, Threshold } from '../../shared/api';
import { chainNow } from '../../shared/chainClock';
import { path } from '../../shared/client';
import { Notice } from '../parts/Notice';
import { dayTime, number, people, qualityWords, quantity, timeOrDay, unitWords, zoneOffset } from '../state/format';
import { useResource } from '../state/resource';
import { hydrographHours } from '../state/selection';
import { words } from '../words';
import { isSuspect, readSeries, toBand } from './hydrographData';
import { ForecastWords } from './ForecastWords';
import { HydrographChart } from './HydrographChart';

const t = words.hydrograph;

/** Observed stage against the thresholds, as a drawing, as a sentence and as a table. */
export function Hydrograph({ station, thresholds }: { station: StationProperties; thresholds: Threshold[] }) {
  const [table, setTable] = useState(false);
  const hours = hydrographHours.value;
  // The window ends with the newest value, not with the tick: it moves when there is something new.
  const address = useMemo(() => {
    const to = Math.max(chainNow(), station.time ? Date.parse(station.time) : 0);
    return `${path`/observations/datastreams/${station.datastream}/observations`}?from=${new Date(to - hours * 3_600_000).toISOString()}&to=${new Date(to).toISOString()}`;
  }, [station.datastream, station.time, hours]);
  const last = useKept(useResource<ObservationPoint[]>(station.datastream ? address : null), station.datastream + hours);
  const forecast = useResource<StationForecast>(station.property === 'Stage' ? path`/hazards/stations/${station.id}/forecast` : null, station.time?.slice(0, 13));
  const ahead = forecast.data?.datastream === station.datastream ? forecast.data : null;
  const band = useMemo(() => toBand(ahead), [ahead]);
  const points = last.data;
  // A sum over hours or a felt temperature cannot be drawn beside single readings.
  const own = thresholds.filter((x) => x.datastream === station.datastream && !x.hours && !x.kind);
  return (
    <section class="hydrograph section" aria-label={t.title}>
      <h3>{t.title} <span class="muted">{t.of(t.property[station.property] ?? station.property, unitWords(station.unit))}</span></h3>
      <Notice resource={last} what={t.title.toLocaleLowerCase()} />
      {points?.length === 0 && <p class="empty">{t.none}</p>}
      {points && points.length > 0 && (
        <>
          {table ? <PointTable points={points} unit={station.unit} /> : <HydrographChart points={points} thresholds={own} everySeconds={station.expectedEverySeconds} unit={station.unit} band={band} />}
          <p class="summary">{sentence(points, own, station.unit)}</p>
          {station.property === 'Stage' && ahead && <ForecastWords forecast={ahead} />}
          <p class="muted small-line">{station.property === 'Stage' && `${t.datumUnknown}. `}{t.localAndUtc(`UTC${zoneOffset()}`)} <button type="button" class="link" aria-pressed={table} onClick={() => setTable(!table)}>{table ? t.asChart : t.asTable}</button></p>
        </>
      )}
    </section>
  );
}

/** A new window is a new address; the old drawing stays until the new values are there. */
function useKept<T>(resource: ReturnType<typeof useResource<T>>, key: string): ReturnType<typeof useResource<T>> {
  const [kept, keep] = useState<{ key: string; data: T } | null>(null);
  if (resource.data && (kept?.data !== resource.data || kept.key !== key)) keep({ key, data: resource.data });
  return { ...resource, data: resource.data ?? (kept?.key === key ? kept.data : null) };
}

function sentence(points: ObservationPoint[], thresholds: Threshold[], unit: string): string {
  const r = readSeries(points, thresholds);
  if (!r) return t.none;
  const s = t.summary;
  return [
    s[r.trend], ' ', s.at(quantity(r.value, unit), timeOrDay(r.time)),
    r.below ? s.below(quantity(r.below.gap, unit), t.level[r.below.level]) : '', r.above ? s.above(quantity(r.above.gap, unit), t.level[r.above.level]) : '', '.',
    r.below?.reachedAt ? s.passes(t.level[r.below.level], timeOrDay(r.below.reachedAt)) : '', r.suspect ? s.suspect(people(r.suspect)) : '',
  ].join('').trim();
}

function PointTable({ points, unit }: { points: ObservationPoint[]; unit: string }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t.asTable}>
      <table>
        <thead><tr><th>{t.time}</th><th>{t.value} ({unitWords(unit)})</th><th>{t.note}</th></tr></thead>
        <tbody>{[...points].reverse().map((p) => (
          <tr key={p.time}><td><time dateTime={p.time}>{dayTime(p.time)}</time></td><td class={isSuspect(p.quality) ? 'num fault-text struck' : 'num'}>{number(p.value)}</td><td>{qualityWords(p.quality)}</td></tr>
        ))}</tbody>
      </table>
    </div>
  );
}
