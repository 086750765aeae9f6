import { ProblemError, readProblem, unreachable } from './problem';

/** Long enough for a slow link, short enough that a coordinator learns of trouble before giving up. */
const timeoutMs = 20_000;

/** Told to the page when the server no longer knows who asks: the session ended, or the server began anew. */
export const signedOutEvent = 'resilience-signed-out';

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal, atMostMs = timeoutMs): Promise<Response> {
  // Without this header the server refuses unsafe methods that carry the cookie (cross-site request forgery).
  const headers: Record<string, string> = { accept: 'application/json', 'X-Resilience': '1' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const limit = AbortSignal.timeout(atMostMs);
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  if (!answer.ok) {
    if (answer.status === 401) globalThis.dispatchEvent(new Event(signedOutEvent));
    throw await readProblem(answer);
  }
  return answer;
}

async function json<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T;
  const type = answer.headers.get('content-type') ?? '';
  if (!type.includes('json')) {
    // A single-page fallback answered with a page: the address does not exist on this server.
    throw new ProblemError({ title: 'Not there', detail: `This server has nothing at ${new URL(answer.url).pathname}.`, status: 404, code: 'client.not-json' });
  }
  return (await answer.json()) as T;
}

/** The server's API. Every call either answers with the typed body or throws a ProblemError. */
export const server = {
  get: async <T>(path: string, signal?: AbortSignal): Promise<T> => json<T>(await send('GET', path, undefined, signal)),
  /** `atMostMs` for what takes the server longer than an answer usually does, as asking a third one. */
  post: async <T>(path: string, body: unknown = {}, options: { signal?: AbortSignal; atMostMs?: number } = {}): Promise<T> => json<T>(await send('POST', path, body, options.signal, options.atMostMs)),
  put: async <T>(path: string, body: unknown): Promise<T> => json<T>(await send('PUT', path, body)),
  delete: async <T>(path: string, body?: unknown): Promise<T> => json<T>(await send('DELETE', path, body)),
};

/** Puts values into a path with each one escaped: path`/warnings/drafts/${id}`. */
export const path = (parts: TemplateStringsArray, ...values: (string | number)[]): string =>
  parts.reduce((all, part, i) => all + part + (i < values.length ? encodeURIComponent(String(values[i])) : ''), '');
