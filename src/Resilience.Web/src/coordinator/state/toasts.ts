import { signal } from '@preact/signals';
import { isProblem } from '../../shared/problem';

export interface Toast { id: number; text: string; tone: 'plain' | 'problem'; undo?: () => void; requestId?: string | null }

export const toasts = signal<Toast[]>([]);
let next = 1;

/** Undo stays 10 s; a problem stays until it is closed, because somebody may need to read it aloud. */
export function toast(text: string, options: { undo?: () => void; tone?: Toast['tone']; requestId?: string | null } = {}): void {
  const id = next++;
  toasts.value = [...toasts.value.slice(-3), { id, text, tone: options.tone ?? 'plain', undo: options.undo, requestId: options.requestId }];
  if (options.tone !== 'problem') setTimeout(() => dismiss(id), options.undo ? 10_000 : 5_000);
}

export function toastProblem(error: unknown): void {
  toast(error instanceof Error ? error.message : String(error), { tone: 'problem', requestId: isProblem(error) ? error.requestId : null });
}

export const dismiss = (id: number): void => {
  toasts.value = toasts.value.filter((t) => t.id !== id);
};
