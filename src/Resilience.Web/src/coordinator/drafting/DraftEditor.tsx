import { useEffect, useRef, useState } from 'preact/hooks';
import type { Draft } from '../../shared/api';
import { chainNow } from '../../shared/chainClock';
import { path, server } from '../../shared/client';
import { isProblem } from '../../shared/problem';
import { Notice } from '../parts/Notice';
import { localTime, people } from '../state/format';
import { drafts, find } from '../state/layers';
import { useResource } from '../state/resource';
import { select, show } from '../state/selection';
import { connected, isCoordinator, status } from '../state/session';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';
import { ChecksList } from './ChecksList';
import { localChecks, mergeChecks } from './checks';
import { DraftForm } from './DraftForm';
import { Previews } from './Previews';

const t = words.draft;
/** Two seconds after the last key: often enough to lose nothing, seldom enough not to save half words. */
const saveAfterMs = 2000;

export function DraftEditor({ id }: { id: string }) {
  const loaded = useResource<Draft>(isCoordinator.value ? path`/warnings/drafts/${id}` : null);
  if (!isCoordinator.value) return <Frame exercise={false} title={t.title}><p class="empty">{t.notSignedIn}</p></Frame>;
  if (!loaded.data) return <Frame exercise={false} title={t.title}><Notice resource={loaded} what={words.evidence.draft.toLocaleLowerCase()} /></Frame>;
  return <Editor key={id} first={loaded.data} />;
}

/** The last state the server confirmed, what is being written, and how the two stand to each other. */
function Editor({ first }: { first: Draft }) {
  const [saved, setSaved] = useState(first);
  const [draft, setDraft] = useState(first);
  const [state, setState] = useState<'same' | 'changed' | 'saving' | 'conflict'>('same');
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [count, setCount] = useState('');
  const latest = useRef(draft);
  latest.current = draft;
  const change = (part: Partial<Draft>) => {
    setDraft((d) => ({ ...d, ...part }));
    setState((s) => (s === 'conflict' ? s : 'changed'));
  };
  const save = async (): Promise<Draft | null> => {
    const sent = latest.current;
    setState('saving');
    try {
      const { event, urgency, severity, certainty, responseType, onset, expires, areaDesc, area, texts } = sent;
      const answer = await server.put<Draft>(path`/warnings/drafts/${sent.id}`, { version: saved.version, event, urgency, severity, certainty, responseType, onset, expires, areaDesc, area, texts });
      setSaved(answer);
      setSavedAt(chainNow());
      // Keys struck while saving are newer than the answer.
      if (latest.current === sent) {
        setDraft(answer);
        setState('same');
      } else setState('changed');
      return answer;
    } catch (error) {
      setState(isProblem(error, 'warnings.changed') ? 'conflict' : 'changed');
      if (!isProblem(error, 'warnings.changed')) toastProblem(error);
      return null;
    }
  };
  useEffect(() => {
    if (state !== 'changed' || !connected.value) return;
    const timer = setTimeout(() => void save(), saveAfterMs);
    return () => clearTimeout(timer);
  }, [draft, state, connected.value]);
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => state !== 'same' && e.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [state]);
  // The rules renew a draft of theirs when the picture changes, and another coordinator may write too. Who has not typed anything sees it at once.
  const elsewhere = find(drafts, draft.id)?.properties.version ?? 0;
  useEffect(() => {
    if (elsewhere <= saved.version || state === 'saving' || state === 'conflict') return;
    if (state === 'same') void load().then(() => toast(t.renewed)).catch(toastProblem);
    else setState('conflict');
  }, [elsewhere, saved.version, state]);
  const load = async () => {
    const d = await server.get<Draft>(path`/warnings/drafts/${draft.id}`);
    setSaved(d);
    setDraft(d);
    setState('same');
  };
  const checks = mergeChecks(localChecks(draft, chainNow()), saved.checks, state !== 'same');
  const stops = checks.some((c) => c.severity === 'stop');
  const vast = checks.some((c) => c.code.endsWith('area-vast'));
  const exercise = draft.status !== 'Actual';
  const submit = async () => {
    const last = state === 'same' ? saved : await save();
    if (!last || last.checks.some((c) => c.severity === 'stop')) return;
    try {
      await server.post<Draft>(`${path`/warnings/drafts/${last.id}`}/submit`, { version: last.version, ...(vast ? { people: Number(count.replace(/\D/g, '')) } : {}) });
      toast(t.submitted);
      show({ name: 'board' });
      select({ kind: 'draft', id: last.id });
    } catch (error) {
      if (isProblem(error, 'warnings.changed')) setState('conflict');
      else toastProblem(error);
    }
  };
  const open = draft.state === 'Draft' || draft.state === 'Returned' || draft.state === 'Submitted';
  return (
    <Frame exercise={exercise} title={exercise ? t.exerciseTitle : t.title} state={state === 'saving' ? t.saving : state === 'same' ? (savedAt ? t.saved(localTime(savedAt)) : t.state[draft.state]) : t.unsaved}>
      {state === 'conflict' && <p class="notice notice-problem" role="alert">{t.changedElsewhere} <button type="button" onClick={() => void load().catch(toastProblem)}>{t.loadTheirs}</button></p>}
      {draft.reason && <p class="notice">{t.reasonBack}: {draft.reason}</p>}
      <div class="editor">
        <DraftForm draft={draft} onChange={change} />
        <div class="editor-side">
          <h2>{t.sections.previews}</h2>
          <Previews texts={draft.texts} exercise={exercise} source={status.value?.site ?? ''} />
        </div>
        <div class="editor-foot">
          <h2>{t.sections.checks}</h2>
          <ChecksList checks={checks} />
          <p class="actions">
            <b>{t.reach(people(saved.people))}</b>{!saved.authorId && <span class="muted">{t.notTakenOver}</span>}
            {vast && <label>{words.approve.tick(people(saved.people))} <input inputMode="numeric" value={count} onInput={(e) => setCount(e.currentTarget.value)} /></label>}
            <button type="button" onClick={() => void save()} disabled={state === 'saving' || !connected.value}>{t.save}</button>
            <button type="button" class="primary" disabled={stops || !connected.value || !open || state === 'conflict'} title={connected.value ? undefined : words.connection.disabled} onClick={() => void submit()}>{t.submit}</button>
          </p>
          {!connected.value && <p class="fault-text">{words.connection.disabled}</p>}
        </div>
      </div>
    </Frame>
  );
}

function Frame({ exercise, title, state, children }: { exercise: boolean; title: string; state?: string; children: preact.ComponentChildren }) {
  return (
    <main class={exercise ? 'screen exercise' : 'screen'}>
      <header class="screen-head"><button type="button" class="plain" onClick={() => show({ name: 'board' })}>‹ {words.back}</button><h1>{title}</h1><span class="muted" role="status">{state}</span></header>
      {children}
    </main>
  );
}
