import type { Problem } from './api';

/** A refusal or failure as the server explained it, or as we must explain it when no server answered. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;

  constructor(readonly problem: Problem & { requestId?: string }) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
    this.code = problem.code;
    this.status = problem.status;
    this.requestId = problem.requestId ?? null;
  }
}

/** `client.unreachable`: the request never got an answer. Nothing is known about whether the server acted on it. */
export const unreachable = (): ProblemError =>
  new ProblemError({ title: 'No answer', detail: 'The server did not answer. Check the connection and try again.', status: 0, code: 'client.unreachable' });

/** The problem in an answer; proxies and crashes answer without one, and then the status is all we know. */
export async function readProblem(answer: Response): Promise<ProblemError> {
  const body = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  return new ProblemError({
    title: body?.title ?? 'The server refused',
    detail: body?.detail ?? `The server answered ${answer.status} without saying why.`,
    status: answer.status,
    code: body?.code ?? 'client.unexplained',
    ...(body && 'requestId' in body ? { requestId: String(body.requestId) } : {}),
  });
}

export const isProblem = (error: unknown, code?: string): error is ProblemError =>
  error instanceof ProblemError && (code === undefined || error.code === code);
