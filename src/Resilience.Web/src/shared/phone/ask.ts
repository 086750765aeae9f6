// How a phone asks: a shorter time-out than a desk's, answers with their headers, and "nothing was heard" told apart from "no".
import { isProblem, ProblemError, readProblem, unreachable } from '../problem';

const TIMEOUT_MS = 12_000;

export interface Heard<T> { body: T; headers: Headers }

export async function ask<T>(path: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<Heard<T>> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, signal: timeLimit(timeoutMs) });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return { body: undefined as T, headers: response.headers };
  try {
    return { body: await response.json() as T, headers: response.headers };
  } catch {
    // A captive portal's sign-in page is no answer of ours.
    throw unreachable();
  }
}

export const get = async <T>(path: string): Promise<T> => (await ask<T>(path)).body;

export async function send<T>(method: 'POST' | 'DELETE', path: string, body: unknown = {}): Promise<T> {
  return (await ask<T>(path, {
    method,
    headers: { 'content-type': 'application/json', 'x-resilience': '1' },
    body: JSON.stringify(body),
  })).body;
}

/** Nothing is known about whether the server acted: only a message with its own key may be sent again. */
export const heardNothing = (error: unknown): boolean => isProblem(error, 'client.unreachable') || !(error instanceof ProblemError);

/** Phones of 2021 lack AbortSignal.timeout. */
function timeLimit(ms: number): AbortSignal {
  if (typeof AbortSignal.timeout === 'function') return AbortSignal.timeout(ms);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}
