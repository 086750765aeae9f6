import { useState } from 'preact/hooks';
import type { FeedTrial } from '../../shared/api';
import { chainNow, tick } from '../../shared/chainClock';
import { ageShort, dayTime, number, people, qualityWords, quantity, timeOrDay, zoneOffset } from '../state/format';
import { Facts } from '../detail/Head';
import { words } from '../words';
import { TrialAreas } from './TrialAreas';
import { TrialMap } from './TrialMap';
import { TrialWarnings } from './TrialWarnings';
import { judge, reasonWords, type Tone } from './verdict';

const t = words.feedTrial;
export type TrialState =
  | { step: 'none' } | { step: 'stopped' } | { step: 'running'; since: number; written: string } | { step: 'failed'; why: string } | { step: 'done'; trial: FeedTrial; written: string };

const sign: Record<Tone, string> = { good: '✓', doubt: '?', bad: '✕' };

/** One button, then what came of it: the verdict first, then what would be stored, then what would not. */
export function TrialPanel({ state, outdated, address, disabled, onTry, onStop }: { state: TrialState; outdated: boolean; address: string; disabled: boolean; onTry(): void; onStop(): void }) {
  return (
    <>
      <p class="muted">{t.what}</p>
      <p class="actions">
        <button type="button" class="primary" disabled={disabled || state.step === 'running'} onClick={onTry}>{state.step === 'done' || state.step === 'failed' ? t.again : t.button}</button>
        {state.step === 'running' && <button type="button" onClick={onStop}>{t.stop}</button>}
      </p>
      {state.step === 'running' && <Running address={address} since={state.since} />}
      <div role="status">
        {state.step === 'stopped' && <p>{t.stopped}</p>}
        {state.step === 'failed' && <p class="notice notice-problem">{state.why}</p>}
        {state.step === 'done' && outdated && <p class="notice"><b>{t.outdated}</b></p>}
      </div>
      {state.step === 'done' && <Outcome trial={state.trial} key={state.written} />}
    </>
  );
}

function Running({ address, since }: { address: string; since: number }) {
  void tick.value;
  const host = /^[a-z]+:\/\/([^/]+)/i.exec(address)?.[1] ?? address;
  const seconds = Math.floor((performance.now() - since) / 1000);
  return (
    <div class="running">
      <progress aria-label={t.running(host, seconds)} />
      <p class="num">{t.running(host, seconds)}</p>
      {seconds >= 5 && <p class="muted">{t.patience}</p>}
    </div>
  );
}

function Outcome({ trial }: { trial: FeedTrial }) {
  const [sea, setSea] = useState<{ sea: number; of: number } | null>(null);
  const judged = judge(trial, chainNow());
  // The map alone knows where the land is; a coarse coast makes one gauge in the water no news, half of them a mistake.
  const wet = sea !== null && sea.sea * 2 > sea.of ? t.sea(sea.sea, sea.of) : null;
  const tone: Tone = wet && judged.tone === 'good' ? 'doubt' : judged.tone;
  const places = [...new Map(trial.samples.map((s) => [s.station, { name: s.stationName, at: [s.lon, s.lat] as [number, number] }])).values()];
  return (
    <>
      <div class={`verdict verdict-${tone}`} role="status">
        <p><b><span aria-hidden="true">{sign[tone]} </span>{t.tone[tone]}.</b> {judged.line}</p>
        <ul>
          {[...judged.findings.map((f) => f.text), ...(wet ? [wet] : [])].map((text) => <li key={text}>{text}</li>)}
        </ul>
      </div>
      <Facts facts={[
        ...(trial.coverages.length > 0 || trial.bulletins > 0 ? [] : [[t.facts.stations, people(trial.stations)], [t.facts.datastreams, people(trial.datastreams)], [t.facts.values, people(trial.observations)]] as [string, string][]),
        [t.facts.times, trial.from !== null && trial.to !== null && `${dayTime(trial.from) === dayTime(trial.to) ? dayTime(trial.to) : t.fromTo(dayTime(trial.from), dayTime(trial.to))} ${zoneOffset()}`],
        [t.facts.documents, trial.fetched.map((f) => <span key={f.address} class="document">{f.address} <span class="muted">{t.document(people(f.bytes), f.contentType ?? '')}</span>{f.trouble && <span class="fault-text"> {f.trouble}</span>}</span>)],
      ]} />
      {trial.coverages.map((raster) => (
        <div key={raster.time}>
          <TrialAreas raster={raster} />
          <Facts facts={[[words.extent.seenAt, dayTime(raster.time)], ...raster.extents.map((e): [string, string] => [e.name, words.extent.km2(number(e.squareKilometres))])]} />
        </div>
      ))}
      {places.length > 0 && <TrialMap places={places} onSea={(count) => setSea({ sea: count, of: places.length })} />}
      {trial.samples.length > 0 && <Samples trial={trial} />}
      {trial.announced.length > 0 && <TrialWarnings trial={trial} />}
      {trial.repairs.length > 0 && (
        <>
          <h3>{t.repaired}</h3>
          <ul class="members">{trial.repairs.map((r) => <li key={r.kind}><b>{words.feedQuality.kinds[r.kind] ?? r.kind.replaceAll('-', ' ')}</b> {t.times(people(r.times))}<p><del>{r.before}</del> → <ins>{r.after}</ins></p></li>)}</ul>
        </>
      )}
      {trial.refused.length > 0 && (
        <>
          <h3>{t.aside}</h3>
          <ul class="set-aside">{trial.refused.map((r) => <li key={r.reason}><b>{t.asideCount(r.count)} {reasonWords(r.reason)}</b>{r.examples.map((e) => <code key={e}>{e}</code>)}</li>)}</ul>
        </>
      )}
    </>
  );
}

function Samples({ trial }: { trial: FeedTrial }) {
  void tick.value;
  return (
    <>
      <h3>{t.samples}</h3>
      <p class="muted">{t.sampleCount(trial.samples.length, trial.datastreams)}</p>
      <div class="table-scroll samples" tabIndex={0} role="region" aria-label={t.samples}>
        <table>
          <thead><tr>{Object.values(t.table).map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>{trial.samples.map((s) => (
            <tr key={s.datastream}>
              <th scope="row">{s.stationName}<small class="muted"> {s.station}</small></th>
              <td class="num">{quantity(s.value, s.unit)}</td>
              <td>{words.mapping.properties[s.property] ?? s.property}{s.property === 'Other' && s.name !== s.property ? `: ${s.name}` : ''}</td>
              <td class="num">{timeOrDay(s.time)}</td>
              <td class="num">{ageShort(s.time)}</td>
              <td>{s.quality.some((q) => q !== 'None') ? <span class="fault-text">{qualityWords(s.quality)}</span> : <span class="muted">{t.fine}</span>}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}
