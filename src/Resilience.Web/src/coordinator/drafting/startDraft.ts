import type { Draft } from '../../shared/api';
import { server } from '../../shared/client';
import { past } from '../state/layers';
import { show } from '../state/selection';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';

/** Starts (or finds, the server decides) the draft for a zone or an update of an alert, and opens it. */
export async function startDraft(from: { zone?: string; alert?: string }): Promise<void> {
  if (past.value) return toast(words.moment.noActs);
  try {
    const draft = await server.post<Draft>('/warnings/drafts', from);
    show({ name: draft.state === 'Submitted' ? 'approve' : 'edit', draft: draft.id });
  } catch (error) {
    toastProblem(error);
  }
}
