// A push message becomes a notification. Nothing here may fail: a push that shows nothing costs the person the subscription.
import type { CapSeverity } from '../../shared/api';
import { severities, severityRank } from '../../shared/severity';

/** What the server puts into a push message: the declarative form Safari shows by itself, with our own facts beside it. */
export interface PushPayload {
  notification?: { title?: string; body?: string; navigate?: string; lang?: string; dir?: string; tag?: string };
  alert?: string; thread?: string; severity?: string; status?: string; kind?: string;
}

export interface Notice {
  title: string;
  body: string;
  tag: string;
  renotify: boolean;
  requireInteraction: boolean;
  lang: string | undefined;
  /** Where a tap leads. */
  path: string;
  thread: string | null;
  /** As severityRank: 0 is the worst. */
  rank: number;
}

const FALLBACK = { title: 'New warning message', body: 'Open to read what is known now.' };

/**
 * `lastRank` is the worst severity already shown for a thread (Infinity for none): an update that is no worse replaces the old notice in silence.
 */
export function noticeFrom(raw: string | null, lastRank: (thread: string) => number): Notice {
  const payload = parse(raw);
  const said = payload.notification ?? {};
  const exercise = payload.status === 'Exercise' || payload.status === 'Test';
  const thread = payload.thread ?? null;
  const rank = isSeverity(payload.severity) ? severityRank(payload.severity) : severities.length;
  const tag = said.tag ?? thread ?? payload.kind ?? 'resilience';
  return {
    title: withExercise(said.title ?? FALLBACK.title, exercise && payload.kind !== 'test'),
    body: said.body ?? FALLBACK.body,
    tag,
    // Without a thread there is nothing to compare with: better one sound too many.
    renotify: thread === null || rank < lastRank(thread),
    requireInteraction: rank <= severityRank('Severe'),
    lang: said.lang,
    path: pathTo(payload),
    thread,
    rank,
  };
}

function parse(raw: string | null): PushPayload {
  if (raw === null || raw === '') return {};
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null ? value as PushPayload : {};
  } catch {
    return { notification: { title: FALLBACK.title, body: raw.slice(0, 200) } };
  }
}

const withExercise = (title: string, exercise: boolean) => (exercise && !/^exercise\b/i.test(title) ? `EXERCISE – ${title}` : title);

const isSeverity = (text: string | undefined): text is CapSeverity => severities.includes(text as CapSeverity);

/** Only ever inside this face: a payload is not trusted to choose a site. */
function pathTo(payload: PushPayload): string {
  if (payload.kind === 'test') return '/citizen/#/notices';
  return payload.alert !== undefined && /^[\w-]{1,80}$/.test(payload.alert) ? `/citizen/#/alert/${payload.alert}` : '/citizen/';
}
