import type { Draft } from '../../shared/api';
import { path, server } from '../../shared/client';
import { show } from '../state/selection';
import { toastProblem } from '../state/toasts';

/** Makes a draft of the rules this person's and opens it. Until somebody has, the rules write into it whenever the picture changes. */
export async function takeOver(d: Draft): Promise<void> {
  try {
    const { version, event, urgency, severity, certainty, responseType, onset, expires, areaDesc, area, texts } = d;
    await server.put<Draft>(path`/warnings/drafts/${d.id}`, { version, event, urgency, severity, certainty, responseType, onset, expires, areaDesc, area, texts });
    show({ name: 'edit', draft: d.id });
  } catch (error) {
    toastProblem(error);
  }
}
