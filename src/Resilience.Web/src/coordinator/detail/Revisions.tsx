import { useState } from 'preact/hooks';
import type { HazardKind, StationProperties, ThresholdRevision, ThresholdTrial, StationHazard } from '../../shared/api';
import { path, server } from '../../shared/client';
import { Age } from '../parts/Age';
import { Dialog } from '../parts/Dialog';
import { Notice } from '../parts/Notice';
import { unitWords } from '../state/format';
import { revisions } from '../state/layers';
import { useResource } from '../state/resource';
import { connected, person } from '../state/session';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';
import { limitValue, limitWords } from './levelWords';
import { concernsOf, entryOf, fieldOf, levels, read, windowsOf, type Level } from './thresholdEntry';
import { TrialTable } from './TrialTable';

const t = words.thresholds;

interface Gauge { station: string; name: string; unit: string; datastream: string; property: StationProperties['property']; thresholds: StationHazard['thresholds'] }

/** A gauge's own thresholds: proposed by one person after a look at the past, put in force by another. */
export function Revisions(gauge: Gauge) {
  const [editing, setEditing] = useState<HazardKind | null>(null);
  const made = useResource<ThresholdRevision[]>(`/hazards/thresholds?station=${encodeURIComponent(gauge.station)}`, revisions.state.value.version);
  const concerns = concernsOf(gauge.property);
  if (concerns.length === 0) return null;
  const waiting = made.data?.filter((r) => r.state === 'Proposed') ?? [];
  const earlier = made.data?.filter((r) => r.state !== 'Proposed') ?? [];
  return (
    <>
      <Notice resource={made} what={words.detail.thresholds.toLocaleLowerCase()} />
      {waiting.map((one) => <Waiting key={one.id} revision={one} />)}
      {made.data && <p class="actions">{concerns.filter((concern) => !waiting.some((one) => one.concern === concern)).map((concern) => (
        <button key={concern} type="button" onClick={() => setEditing(concern)}>{concerns.length > 1 ? t.changeOf(words.hazard[concern]) : t.change}</button>
      ))}</p>}
      {editing && <Editor {...gauge} concern={editing} onClose={() => setEditing(null)} />}
      {earlier.length > 0 && (
        <details><summary>{t.earlier} ({earlier.length})</summary>
          <ol class="history">{earlier.map((r) => (
            <li key={r.id}><b>{t.state[r.state]}</b> {t.by(r.number, r.proposedByName, r.decidedByName)} <Age time={r.decidedAt} /><br />
              {r.thresholds.length === 0 ? t.bookAgain : r.thresholds.map((one) => `${limitWords({ ...one, kind: kindOf(r.concern) })} ${limitValue(one, r.unit)}`).join(', ')}. {t.sourceIs(r.source)}{r.withoutHistory && <> <b class="fault-text">{t.standing.WithoutHistory}:</b> {r.withoutHistory}</>}{r.note && <> <q>{r.note}</q></>}</li>
          ))}</ol>
        </details>
      )}
    </>
  );
}

/** Heavy rain needs no name of its own beside its hours. */
const kindOf = (concern: HazardKind): HazardKind | null => (concern === 'Landslide' ? concern : null);

function Waiting({ revision }: { revision: ThresholdRevision }) {
  const [rejecting, setRejecting] = useState(false);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [also, setAlso] = useState(false);
  const mine = person.value?.id === revision.proposedBy;
  const decide = async (what: 'enable' | 'reject', done: string): Promise<void> => {
    setBusy(true);
    try {
      await server.post(`${path`/hazards/thresholds/${revision.id}`}/${what}`, { note: note.trim() || null, withoutHistory: what === 'enable' && also });
      toast(done);
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="proposal">
      <h3>{t.waiting(revision.proposedByName)}{revision.concern === 'Landslide' && ` (${words.hazard[revision.concern].toLocaleLowerCase()})`}</h3>
      <p>{revision.thresholds.length === 0 && t.bookAgain} {t.sourceIs(revision.source)} <Age time={revision.proposedAt} /></p>
      <TrialTable trial={revision.trial} concern={revision.concern} />
      {revision.withoutHistory && <p class="fault-text">{t.withoutWhy(revision.proposedByName, revision.withoutHistory)}</p>}
      {revision.withoutHistory && !mine && !rejecting && <label class="check"><input type="checkbox" checked={also} onChange={(e) => setAlso(e.currentTarget.checked)} /> {t.alsoWithout}</label>}
      {mine && <p class="muted">{t.own}</p>}
      {rejecting && <label class="block">{t.why}<input value={note} maxLength={300} onInput={(e) => setNote(e.currentTarget.value)} /></label>}
      <p class="actions">
        {!mine && !rejecting && <button type="button" class="primary" disabled={busy || !connected.value || (revision.withoutHistory !== null && !also)} onClick={() => void decide('enable', t.agreed)}>{t.agree}</button>}
        {mine ? <button type="button" disabled={busy || !connected.value} onClick={() => void decide('reject', t.takenBack)}>{t.takeBack}</button>
          : rejecting ? <button type="button" disabled={busy || note.trim().length < 3 || !connected.value} onClick={() => void decide('reject', t.rejected)}>{t.reject.replace('…', '')}</button>
            : <button type="button" onClick={() => setRejecting(true)}>{t.reject}</button>}
      </p>
    </div>
  );
}

/** The field at fault by the name it stands under. */
const faultWords = (field: string, kind: HazardKind | null): string => {
  const [level, hours] = field.split(' ') as [Level, string | undefined];
  return hours ? words.detail.inHours(limitWords({ level, value: 0, hours: Number(hours), kind }), Number(hours)) : words.levelLong[level];
};

function Editor({ name, unit, datastream, property, thresholds, concern, onClose }: Gauge & { concern: HazardKind; onClose(): void }) {
  const windows = windowsOf(property);
  const kind = kindOf(concern);
  const [entry, setEntry] = useState(() => entryOf(thresholds.filter((one) => one.datastream === datastream && (one.kind ?? null) === kind), windows));
  const [source, setSource] = useState('');
  const [trial, setTrial] = useState<ThresholdTrial | null>(null);
  const [without, setWithout] = useState('');
  const [busy, setBusy] = useState(false);
  const { thresholds: wanted, fault } = read(entry, windows);
  const act = async (what: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const address = `${path`/hazards/datastreams/${datastream}`}/thresholds`;
  const tryThem = () => act(async () => setTrial(await server.post<ThresholdTrial>(`${address}/try`, { thresholds: wanted, concern }, { atMostMs: 60_000 })));
  const propose = () => act(async () => {
    await server.post(address, { thresholds: wanted, source, withoutHistory: trial?.verified ? null : without.trim(), concern }, { atMostMs: 60_000 });
    toast(t.proposed);
    onClose();
  });
  const ready = trial !== null && (trial.verified || without.trim().length >= 10) && source.trim().length >= 3;
  return (
    <Dialog title={kind ? t.titleOf(words.hazard[kind], name) : t.title(name)} onClose={onClose}>
      <p>{t.lead}</p>
      {windows.length > 1 && <p>{kind === 'Landslide' ? t.slopeLead : t.rainLead}</p>}
      {windows.map((hours) => (
        <div key={hours} class="threshold-fields" role={hours ? 'group' : undefined} aria-label={hours ? t.inHours(hours) : undefined}>
          {levels.map((level) => {
            const field = fieldOf(level, hours);
            return (
              <label key={field}>{limitWords({ level, value: 0, hours, kind })} ({hours ? words.detail.inHours(unitWords(unit), hours) : unitWords(unit)})
                <input inputMode="decimal" value={entry[field]} aria-invalid={fault === field} maxLength={12} onInput={(e) => { setEntry({ ...entry, [field]: e.currentTarget.value }); setTrial(null); }} />
              </label>
            );
          })}
        </div>
      ))}
      {fault && <p class="fault-text" role="alert">{t.fault(faultWords(fault, kind))}</p>}
      <p><button type="button" disabled={busy || fault !== null || !connected.value} onClick={() => void tryThem()}>{busy ? t.trying : t.try}</button></p>
      <div aria-live="polite">{trial ? <TrialTable trial={trial} concern={concern} /> : <p class="muted">{t.tryFirst}</p>}</div>
      {trial && !trial.verified && <><p class="fault-text">{t.tooLittle}</p><label class="block">{t.withoutHistory}<input value={without} maxLength={300} placeholder={t.withoutHistoryHint} onInput={(e) => setWithout(e.currentTarget.value)} /></label></>}
      <label class="block">{t.source}<input value={source} maxLength={300} placeholder={t.sourceHint} required onInput={(e) => setSource(e.currentTarget.value)} /></label>
      <p><button type="button" class="primary" disabled={busy || !ready || fault !== null || !connected.value} onClick={() => void propose()}>{t.propose}</button></p>
      {!connected.value && <p class="fault-text">{words.connection.disabled}</p>}
    </Dialog>
  );
}
