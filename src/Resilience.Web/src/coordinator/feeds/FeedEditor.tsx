import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeedDefinition, FeedFormat, FeedTrial } from '../../shared/api';
import { chainNow } from '../../shared/chainClock';
import { path, server } from '../../shared/client';
import { Notice } from '../parts/Notice';
import { allFeeds } from '../state/layers';
import { useResource } from '../state/resource';
import { filter, phoneTab, screen, select, show, signInOpen, tab } from '../state/selection';
import { connected, isCoordinator, isReplay } from '../state/session';
import { toast } from '../state/toasts';
import { words } from '../words';
import { emptyEntry, faultOf, faultsOf, faultsOfTrial, feedFieldId, fieldOrder, fromDefinition, idFrom, toRequest, triable, triedPart, type Entry, type Faults } from './definition';
import { FeedForm } from './FeedForm';
import { SaveUntried } from './SaveUntried';
import { TrialPanel, type TrialState } from './TrialPanel';
import { judge } from './verdict';

const t = words.feedForm;
/** Two documents at half a minute each, and the way there. */
const trialMs = 75_000;

/** Adding a feed, or changing one: a screen of its own, as drafts have. */
export function FeedEditor({ id }: { id: string | null }) {
  const formats = useResource<FeedFormat[]>(isCoordinator.value ? '/observations/feeds/formats' : null);
  const loaded = useResource<FeedDefinition>(isCoordinator.value && id !== null ? path`/observations/feeds/${id}` : null);
  const title = id === null ? t.addTitle : t.changeTitle(loaded.data?.name ?? id);
  if (!isCoordinator.value) return <Frame title={title}><div class="empty"><p>{t.signIn}</p><button type="button" class="primary" onClick={() => (signInOpen.value = true)}>{words.signIn}</button></div></Frame>;
  if (isReplay.value) return <Frame title={title}><p class="notice">{t.replay}</p></Frame>;
  const what = words.feeds.toLocaleLowerCase();
  if (!formats.data) return <Frame title={title}><Notice resource={formats} what={what} /></Frame>;
  if (id !== null && !loaded.data) return <Frame title={title}><Notice resource={loaded} what={what} /></Frame>;
  if (loaded.data?.configured) return <Frame title={title}><p class="notice">{words.feedAction.configured}</p></Frame>;
  return <Editor key={id} title={title} formats={formats.data} first={loaded.data ? fromDefinition(loaded.data) : emptyEntry()} isNew={id === null} />;
}

function Editor({ title, formats, first, isNew }: { title: string; formats: FeedFormat[]; first: Entry; isNew: boolean }) {
  const [entry, setEntry] = useState(first);
  const [faults, setFaults] = useState<Faults>({});
  const [trial, setTrial] = useState<TrialState>({ step: 'none' });
  const [saving, setSaving] = useState(false);
  const [asking, setAsking] = useState(false);
  const [named, setNamed] = useState(!isNew);
  const running = useRef<AbortController | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const needsMapping = formats.find((f) => f.name === entry.format)?.needsMapping ?? false;
  const request = toRequest(entry, needsMapping);
  const written = triedPart(request);
  const dirty = JSON.stringify(entry) !== JSON.stringify(first);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => dirty && e.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [dirty]);

  const change = (part: Partial<Entry>) => {
    setEntry((e) => {
      const next = { ...e, ...part };
      return part.name !== undefined && !named ? { ...next, id: idFrom(part.name) } : next;
    });
    if (part.id !== undefined) setNamed(true);
    setFaults((all) => Object.fromEntries(Object.entries(all).filter(([field]) => field !== 'form' && !(field in part) && !('name' in part && !named && field === 'id'))));
  };
  const blame = (found: Faults) => {
    setFaults(found);
    const at = fieldOrder.find((field) => found[field]);
    // After the fault has been drawn, so that a screen reader reads both.
    if (at) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`#${feedFieldId(at)}`)?.focus());
  };
  const check = (only = (all: Faults): Faults => all): boolean => {
    const found = only(faultsOf(entry, isNew ? allFeeds.value.map((f) => f.id) : []));
    blame(found);
    return Object.keys(found).length === 0;
  };
  const tryIt = async () => {
    setAsking(false);
    if (!check(faultsOfTrial)) return;
    const stop = new AbortController();
    running.current?.abort();
    running.current = stop;
    setTrial({ step: 'running', since: performance.now(), written });
    try {
      const answer = await server.post<FeedTrial>(`/observations/feeds/try?id=${encodeURIComponent(/^[a-z0-9][a-z0-9-]*$/.test(entry.id) ? entry.id : 'trial')}`, triable(request), { signal: stop.signal, atMostMs: trialMs });
      setTrial({ step: 'done', trial: answer, written });
    } catch (error) {
      if (stop.signal.aborted) return setTrial({ step: 'stopped' });
      const found = faultOf(error, entry);
      setTrial(found.form ? { step: 'failed', why: found.form } : { step: 'none' });
      if (!found.form) blame(found);
    }
  };
  const save = async (sure = false) => {
    if (!check()) return setAsking(false);
    const useful = trial.step === 'done' && trial.written === written && judge(trial.trial, chainNow()).tone !== 'bad';
    if (!sure && !useful) return setAsking(true);
    setAsking(false);
    setSaving(true);
    try {
      await server.put<FeedDefinition>(path`/observations/feeds/${entry.id}`, request);
      toast(isNew ? t.added(request.name) : t.changed(request.name));
      tab.value = 'feeds';
      filter.value = '';
      phoneTab.value = 'list';
      screen.value = { name: 'board' };
      select({ kind: 'feed', id: entry.id });
    } catch (error) {
      setSaving(false);
      blame(faultOf(error, entry));
    }
  };
  const leave = () => { if (!dirty || confirm(t.leave)) show({ name: 'board' }); };
  const count = Object.keys(faults).length;
  return (
    <Frame title={title} onLeave={leave}>
      <div class="editor feed-editor" ref={form}>
        <FeedForm entry={entry} formats={formats} faults={faults} isNew={isNew} onChange={change} onProblem={(error) => blame(faultOf(error, entry))} />
        <div class="editor-side">
          <h2>{t.sections.trial}</h2>
          <TrialPanel state={trial} outdated={trial.step === 'done' && trial.written !== written} address={request.readings} disabled={!entry.format || !connected.value} onTry={() => void tryIt()} onStop={() => running.current?.abort()} />
        </div>
        <div class="editor-foot">
          {faults.form && <p class="notice notice-problem" role="alert" id={feedFieldId('form')} tabIndex={-1}>{faults.form}</p>}
          <p class="actions">
            <button type="button" class="primary" disabled={saving || !connected.value} onClick={() => void save()}>{saving ? t.saving : isNew ? t.save : t.saveChange}</button>
            <button type="button" class="plain" onClick={leave}>{t.cancel}</button>
            <span class={count > 0 ? 'fault-text' : 'muted'} role="status">{count > 0 && !faults.form ? t.fault.count(count) : ''}</span>
          </p>
          {!connected.value && <p class="fault-text">{words.connection.disabled}</p>}
        </div>
      </div>
      {asking && <SaveUntried trial={trial.step === 'done' && trial.written === written ? trial.trial : null} onTry={() => void tryIt()} onSave={() => void save(true)} onClose={() => setAsking(false)} />}
    </Frame>
  );
}

function Frame({ title, onLeave = () => show({ name: 'board' }), children }: { title: string; onLeave?(): void; children: preact.ComponentChildren }) {
  return (
    <main class="screen">
      <header class="screen-head"><button type="button" class="plain" onClick={onLeave}>‹ {words.back}</button><h1>{title}</h1></header>
      {children}
    </main>
  );
}
