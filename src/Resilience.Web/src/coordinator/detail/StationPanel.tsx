import { useRef } from 'preact/hooks';
import type { Arrivals, Draft, StationDetail, StationHazard } from '../../shared/api';
import { path } from '../../shared/client';
import { severityClass, severityOfLevel } from '../../shared/severity';
import { Age } from '../parts/Age';
import { Cup } from '../parts/Cup';
import { bare } from '../parts/Exercise';
import { Notice } from '../parts/Notice';
import { number, quantity, realTime, timeOrDay, trendArrow, unitWords, withLocalTimes } from '../state/format';
import { decidedElsewhere, gaugesById } from '../state/gauges';
import { assessments, drafts, list, revisions, zones } from '../state/layers';
import { useResource } from '../state/resource';
import { select } from '../state/selection';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { ArrivalList } from './ArrivalList';
import { Contradictions } from './Contradictions';
import { EvidenceChain } from './EvidenceChain';
import { Frequency } from './Frequency';
import { Facts, Head } from './Head';
import { Hydrograph } from './Hydrograph';
import { levelWords, limitValue, limitWords } from './levelWords';
import { Revisions } from './Revisions';
import { SetAside } from './SetAside';
import { doubt } from './standing';
import { Standings } from './Standings';
import { startDraft } from '../drafting/startDraft';

export function StationPanel({ id }: { id: string }) {
  const gauge = gaugesById.value.get(id);
  const assessment = assessments.state.value.features.get(id)?.properties ?? null;
  const detail = useResource<StationDetail>(path`/observations/stations/${id}`);
  const hazard = useResource<StationHazard>(path`/hazards/stations/${id}`, `${assessment?.assessment} ${revisions.state.value.version}`);
  const arrivals = useResource<Arrivals>(assessment && assessment.level !== 'None' ? `/hazards/arrivals?station=${encodeURIComponent(id)}` : null, gauge?.station.time);
  // A gauge may raise several hazards, each with its zone: the one of what is shown first.
  const raised = list(zones).filter((z) => z.properties.station === id).map((z) => z.properties);
  const zone = raised.find((z) => z.kind === assessment?.kind) ?? raised[0];
  const open = useResource<Draft[]>(zone && isCoordinator.value ? '/warnings/drafts' : null, drafts.state.value.version);
  const draft = open.data?.find((d) => d.zone === zone?.id && (d.state === 'Draft' || d.state === 'Submitted' || d.state === 'Returned')) ?? null;
  // Opened by a proposal it stays open: who has just agreed wants to see what holds now.
  const opened = useRef(false);
  opened.current ||= list(revisions).some((r) => r.properties.station === id);
  if (!gauge) return <p class="empty">{words.detail.gone}</p>;
  const s = gauge.station;
  const other = decidedElsewhere(gauge);
  const decisive = other && detail.data?.datastreams.find((d) => other.includes(d.property));
  const drawn = decisive ? { ...s, datastream: decisive.id, property: decisive.property, unit: decisive.unit } : s;
  return (
    <>
      <Head symbol={<Cup level={gauge.level} silent={gauge.silent} judged={gauge.judged} size={26} />} title={s.name} exercise={s.exercise} sub={[s.river, `${words.detail.source}: ${s.credit || s.feedName}`].filter(Boolean).join(' · ')} />
      <div class={`value-card ${severityClass(severityOfLevel[gauge.level])}`}>
        {other && !gauge.silent ? <p class="big"><b>{levelWords(gauge.level, assessment?.kind)}</b></p> : <p class="big"><b class={gauge.age === 'stale' || gauge.silent ? 'struck' : ''}>{s.value === null ? words.noValue : quantity(s.value, s.unit)}</b> {!gauge.silent && trendArrow(s.trendPerHour)} <span>{gauge.silent ? `${words.silentState}, ${(gauge.judged ? levelWords(gauge.level, assessment?.kind) : words.notJudgedLong).toLocaleLowerCase()}` : gauge.judged ? levelWords(gauge.level, assessment?.kind) : <span class="fault-text">{words.notJudgedLong}</span>}</span></p>}
        <p><Age time={s.time} everySeconds={s.expectedEverySeconds} silent={gauge.silent} />{!gauge.silent && !other && s.trendPerHour !== null && ` · ${words.detail.perHour(`${s.trendPerHour > 0 ? '+' : ''}${number(s.trendPerHour)} ${unitWords(s.unit)}`)}`}</p>
        {s.shiftSeconds !== 0 && s.time && <p class="replay-line">{words.detail.replayOf(realTime(s.time, s.shiftSeconds))}</p>}
        {assessment && <p><span class="muted">{words.detail.judged(timeOrDay(assessment.assessedAt))}</span> {withLocalTimes(s.exercise ? bare(assessment.summary) : assessment.summary, assessment.assessedAt)} <span class="muted">({words.detail.confidence(assessment.confidence.toFixed(2))})</span></p>}
      </div>
      {isCoordinator.value && zone && <p><button type="button" class="primary" onClick={() => startDraft({ zone: zone.id })}>{words.detail.draft}</button></p>}
      <Contradictions station={id} mark={s.quality.join()} />
      <ArrivalList arrivals={arrivals.data} />
      {isCoordinator.value && assessment && assessment.level !== 'None' && <SetAside station={id} assessment={assessment.assessment} name={s.name} />}
      <Hydrograph station={drawn} thresholds={hazard.data?.thresholds ?? []} />
      {(s.property === 'Stage' || s.property === 'Discharge') && <Frequency station={s} />}
      <Notice resource={hazard} what={words.detail.thresholds.toLocaleLowerCase()} />
      {hazard.data && (
        <details class="section" open={opened.current || undefined}>
          <summary>{words.detail.thresholds} ({hazard.data.thresholds.length}){doubt(hazard.data.sets) && <b class="fault-text"> {doubt(hazard.data.sets)}</b>}</summary>
          {isCoordinator.value && <Revisions station={id} name={s.name} unit={s.unit} datastream={s.datastream} property={s.property} thresholds={hazard.data.thresholds} />}
          <Standings sets={hazard.data.sets} />
          {hazard.data.thresholds.length === 0 ? <p>{words.detail.noThresholds}</p> : (
            <table>
              <thead><tr><th>{words.hydrograph.value}</th><th /><th>{words.detail.thresholdSource}</th></tr></thead>
              <tbody>{[...hazard.data.thresholds].sort((a, b) => (a.kind ?? '').localeCompare(b.kind ?? '') || (a.hours ?? 0) - (b.hours ?? 0) || b.value - a.value).map((t) => (
                <tr key={`${t.datastream} ${t.kind} ${t.level} ${t.hours}`}><td>{limitWords(t)}</td><td class="num">{limitValue(t, t.unit)}</td><td>{t.source}{t.assumed && <b class="fault-text"> {words.detail.assumed}</b>}</td></tr>
              ))}</tbody>
            </table>
          )}
        </details>
      )}
      {hazard.data && hazard.data.history.length > 0 && (
        <details class="section">
          <summary>{words.detail.history} ({hazard.data.history.length})</summary>
          <ol class="history">{hazard.data.history.map((a) => (
            <li key={a.assessment}><Cup level={a.level} silent={a.silent} size={16} /> {withLocalTimes(a.summary, a.assessedAt)} <Age time={a.assessedAt} /></li>
          ))}</ol>
        </details>
      )}
      {assessment && <EvidenceChain assessmentId={assessment.assessment} zoneId={zone?.id ?? null} draft={draft} />}
      {detail.data && detail.data.datastreams.length > 0 && (
        <Facts facts={[[words.detail.rawObservations, <>{detail.data.datastreams.map((d) => <div key={d.id}><a href={path`/observations/datastreams/${d.id}/observations`} target="_blank" rel="noreferrer">{d.name || d.property} ({unitWords(d.unit)})</a></div>)}</>]]} />
      )}
      {raised.map((z) => <p key={z.id}><button type="button" class="link" onClick={() => select({ kind: 'zone', id: z.id })}>{z.title}</button></p>)}
    </>
  );
}
