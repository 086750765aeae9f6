import type { RuleState, Verification, VerificationRun } from '../../shared/api';
import { people } from '../state/format';
import { words } from '../words';

const t = words.verified;

export const isOpen = (run: VerificationRun | null): run is VerificationRun => run?.state === 'Waiting' || run?.state === 'Running';

/** What is to be said of the verification asked for last: how far it is, or why nothing came of it; null when its result stands there. */
export function runWords(rule: RuleState): string | null {
  const run = rule.run;
  if (!run) return null;
  if (run.state === 'Waiting') return t.waiting(run.requestedByName);
  if (run.state === 'Running') return `${t.progress(people(run.done), people(run.total))}. ${t.judged(people(run.judged))}.`;
  if (run.state === 'Cancelled') return t.cancelled;
  return run.state === 'Failed' ? t.failed(run.problem ?? '') : null;
}

/** True when nothing happened in what was replayed, neither an event nor a warning: then it says nothing of how good the rule is. */
export const saysNothing = ({ scores, raised }: Verification): boolean =>
  scores.hits + scores.misses + scores.falseAlarms === 0 && !raised?.some((one) => one.times > 0);
