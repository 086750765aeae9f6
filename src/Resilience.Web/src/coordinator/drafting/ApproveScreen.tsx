import { useState } from 'preact/hooks';
import type { Alert, Draft } from '../../shared/api';
import { chainNow, chainSpeed, tick } from '../../shared/chainClock';
import { path, server } from '../../shared/client';
import { isProblem } from '../../shared/problem';
import { severityClass } from '../../shared/severity';
import { EvidenceChain } from '../detail/EvidenceChain';
import { Notice } from '../parts/Notice';
import { SeverityBadge } from '../parts/SeverityBadge';
import { Age } from '../parts/Age';
import { people, roughPeople, timeOrDay } from '../state/format';
import { drafts, find } from '../state/layers';
import { useResource } from '../state/resource';
import { select, show } from '../state/selection';
import { connected, isCoordinator, person, status } from '../state/session';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';
import { AreaSketch } from './AreaSketch';
import { ChecksList } from './ChecksList';
import { evidenceIds } from './evidence';
import { Previews } from './Previews';
import { TextDiff } from './TextDiff';

const t = words.approve;
/** Half an hour of a person’s time: in a replay it lasts longer on the chain’s clock, up to a day. The server decides. */
const tooOldMs = 30 * 60_000;

/** Another screen than writing, on purpose: nothing can be changed here, only sent, returned or rejected. */
export function ApproveScreen({ id }: { id: string }) {
  const onLayer = find(drafts, id)?.properties;
  const draft = useResource<Draft>(isCoordinator.value ? path`/warnings/drafts/${id}` : null, `${onLayer?.version}${onLayer?.state}`);
  const d = draft.data;
  const exercise = d?.status !== 'Actual';
  return (
    <main class={d && exercise ? 'screen approve exercise' : 'screen approve'}>
      <header class="screen-head"><button type="button" class="plain" onClick={() => show({ name: 'board' })}>‹ {words.back}</button><h1>{exercise && d ? `${t.exercisePrefix}: ` : ''}{t.title}</h1></header>
      {!isCoordinator.value && <p class="empty">{words.draft.notSignedIn}</p>}
      {isCoordinator.value && !d && <Notice resource={draft} what={words.evidence.draft.toLocaleLowerCase()} />}
      {d && <Request key={d.contentHash} draft={d} exercise={exercise} reload={draft.reload} />}
    </main>
  );
}

function Request({ draft: d, exercise, reload }: { draft: Draft; exercise: boolean; reload(): void }) {
  void tick.value;
  const own = d.authorId === person.value?.id;
  const submitted = d.state === 'Submitted';
  const old = d.submittedAt !== null && chainNow() - Date.parse(d.submittedAt) > Math.min(tooOldMs * Math.max(1, chainSpeed()), 24 * 3_600_000);
  const previous = useResource<Alert>(d.references ? path`/warnings/alerts/${d.references}` : null);
  const stops = d.checks.filter((c) => c.severity === 'stop');
  return (
    <div class="approve-body">
      <section class={`outcome ${severityClass(d.severity)}`}>
        <SeverityBadge severity={d.severity} size={40} />
        <p>
          <b>{d.author}</b> {t.asks} {exercise ? `${t.exercisePrefix} ` : ''}<b>{words.severity[d.severity]} {d.event}</b> {t.alert} <b>{words.detail.people(roughPeople(d.people))}</b> {t.inArea} {d.areaDesc} {t.until} <b>{timeOrDay(d.expires)}</b>.
          <br /><span class="muted">{words.draft.state[d.state]}{d.submittedAt && <> · <Age time={d.submittedAt} /></>}</span>
        </p>
      </section>
      {d.reason && <p class="notice">{words.draft.reasonBack}: {d.reason}</p>}
      <div class="approve-columns">
        <section><h2>{words.draft.sections.previews}</h2><Previews texts={d.texts} exercise={exercise} source={status.value?.site ?? ''} /></section>
        <section>
          <h2>{words.alert.area}</h2>
          <AreaSketch area={d.area} />
          <h2>{t.previous}</h2>
          {d.references ? previous.data ? <TextDiff before={previous.data} after={d} /> : <Notice resource={previous} what={t.previous.toLocaleLowerCase()} /> : <p class="muted">{t.first}</p>}
        </section>
        <section>
          <h2>{words.draft.sections.checks}</h2>
          <ChecksList checks={d.checks} links={false} />
          <EvidenceChain zoneId={d.zone} assessmentId={evidenceIds(d.evidence).assessment} draft={d} />
        </section>
      </div>
      {submitted && (own ? <OwnDraft id={d.id} reload={reload} /> : <Decide draft={d} exercise={exercise} blocked={!connected.value ? words.connection.disabled : old ? t.tooOld : stops.length > 0 ? stops[0]!.message : null} reload={reload} />)}
    </div>
  );
}

function OwnDraft({ id, reload }: { id: string; reload(): void }) {
  const withdraw = () => server.post(`${path`/warnings/drafts/${id}`}/withdraw`).then(reload).catch(toastProblem);
  return <div class="decide"><p><b>{t.ownDraft}</b></p><button type="button" onClick={() => void withdraw()}>{words.draft.withdraw}</button></div>;
}

function Decide({ draft: d, exercise, blocked, reload }: { draft: Draft; exercise: boolean; blocked: string | null; reload(): void }) {
  const [understood, setUnderstood] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusing, setRefusing] = useState<'return' | 'reject' | null>(null);
  const [reason, setReason] = useState('');
  const send = async () => {
    setBusy(true);
    try {
      const alert = await server.post<Alert>(`${path`/warnings/drafts/${d.id}`}/approve`, { contentHash: d.contentHash, people: d.people });
      toast(exercise ? t.sentExercise : t.sent);
      show({ name: 'board' });
      select({ kind: 'alert', id: alert.id });
    } catch (error) {
      toastProblem(error);
      // The content or the inputs moved: show what is there now, unticked.
      if (isProblem(error) && error.status === 409) reload();
    } finally {
      setBusy(false);
    }
  };
  const refuse = async (verb: 'return' | 'reject') => {
    try {
      await server.post(`${path`/warnings/drafts/${d.id}`}/${verb}`, { reason });
      toast(verb === 'return' ? t.returned : t.rejected);
      show({ name: 'board' });
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <div class="decide">
      {blocked && <p class="fault-text" role="alert">{blocked}</p>}
      <label class="tick"><input type="checkbox" checked={understood} onChange={(e) => setUnderstood(e.currentTarget.checked)} /> {exercise ? t.tickExercise(people(d.people)) : t.tick(people(d.people))}</label>
      <button type="button" class={exercise ? 'send send-exercise' : 'send send-live'} disabled={!understood || busy || blocked !== null} onClick={() => void send()}><span>{exercise ? t.sendExercise : t.sendLive(people(d.people))}</span></button>
      <button type="button" aria-expanded={refusing === 'return'} onClick={() => setRefusing('return')}>{t.return}</button>
      <button type="button" aria-expanded={refusing === 'reject'} onClick={() => setRefusing('reject')}>{t.reject}</button>
      {refusing && (
        <form class="inline-form" onSubmit={(e) => { e.preventDefault(); void refuse(refusing); }}>
          <label>{t.reason}<input required value={reason} onInput={(e) => setReason(e.currentTarget.value)} /></label>
          <button type="submit">{refusing === 'return' ? t.confirmReturn : t.confirmReject}</button>
        </form>
      )}
    </div>
  );
}
