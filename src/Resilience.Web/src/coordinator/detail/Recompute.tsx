import { useState } from 'preact/hooks';
import type { Recomputed } from '../../shared/api';
import { path, server } from '../../shared/client';
import { isCoordinator } from '../state/session';
import { toastProblem } from '../state/toasts';
import { recomputedWords } from './recomputedWords';
import { words } from '../words';

/** Has the server reckon an assessment again from what is kept with it. */
export function Recompute({ id }: { id: string }) {
  const [found, setFound] = useState<Recomputed | null>(null);
  const [busy, setBusy] = useState(false);
  if (!isCoordinator.value) return null;
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      setFound(await server.get<Recomputed>(path`/hazards/assessments/${id}/recompute`));
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <p class="actions" aria-live="polite">
      {found ? <span class={found.same === false ? 'fault-text' : ''}>{recomputedWords(found)}</span> : <button type="button" class="small" disabled={busy} onClick={() => void run()}>{words.evidence.recompute}</button>}
    </p>
  );
}
