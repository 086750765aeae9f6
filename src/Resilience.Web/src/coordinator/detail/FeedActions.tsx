import { useState } from 'preact/hooks';
import type { FeedDefinition, FeedProperties } from '../../shared/api';
import { path, server } from '../../shared/client';
import { Dialog } from '../parts/Dialog';
import { select, show } from '../state/selection';
import { connected, isReplay } from '../state/session';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';

const t = words.feedAction;

/** Pause and resume, change, remove. Removing takes a pause before it, and says what it does and how it is undone. */
export function FeedActions({ feed, definition }: { feed: FeedProperties; definition: FeedDefinition | null }) {
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const paused = feed.state === 'Paused';
  const fixed = definition?.configured ?? false;
  const act = async (what: () => Promise<void>) => {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const pause = () => act(async () => {
    await server.post(`${path`/observations/feeds/${feed.id}`}/${paused ? 'resume' : 'pause'}`);
    toast(paused ? t.resumed(feed.name) : t.paused(feed.name));
  });
  const remove = () => act(async () => {
    await server.delete(path`/observations/feeds/${feed.id}`);
    setRemoving(false);
    select(null);
    toast(t.removed(feed.name), definition ? { undo: () => void bringBack(definition) } : {});
  });
  const why = isReplay.value ? t.replayChange : fixed ? t.configured : paused ? null : t.removeWhenPaused;
  return (
    <div class="section">
      <h3>{t.manage}</h3>
      <p class="actions feed-actions">
        <button type="button" disabled={busy || !connected.value} onClick={() => void pause()}>{paused ? t.resume : t.pause}</button>
        <button type="button" disabled={busy || isReplay.value || fixed || !definition || !connected.value} onClick={() => show({ name: 'feed', feed: feed.id })}>{t.change}</button>
        <button type="button" class={paused ? 'danger' : ''} disabled={busy || isReplay.value || fixed || !paused || !definition || !connected.value} aria-describedby={why ? 'feed-why' : undefined} onClick={() => setRemoving(true)}>{t.remove}</button>
      </p>
      {why && <p class="muted" id="feed-why">{why}</p>}
      {removing && (
        <Dialog title={t.removeTitle(feed.name)} onClose={() => setRemoving(false)}>
          <p>{t.removeWhat(feed.stations)}</p>
          <p><b>{t.removeKeeps}</b> {t.removeBack(feed.id)}</p>
          <p>{t.removeAlarm}</p>
          <p class="actions"><button type="button" class="danger" disabled={busy} onClick={() => void remove()}>{t.removeNow}</button><button type="button" onClick={() => setRemoving(false)}>{words.cancel}</button></p>
        </Dialog>
      )}
    </div>
  );
}

/** The same definition under the same id: stations and history stand there again. */
async function bringBack({ id, configured: _configured, ...definition }: FeedDefinition): Promise<void> {
  try {
    await server.put(path`/observations/feeds/${id}`, definition);
    toast(t.broughtBack(definition.name));
    select({ kind: 'feed', id });
  } catch (error) {
    toastProblem(error);
  }
}
