import { useEffect, useState } from 'preact/hooks';
import type { RuleState } from '../../shared/api';
import { path, server } from '../../shared/client';
import { useResource, type Resource } from '../state/resource';
import { connected, isCoordinator } from '../state/session';
import { toastProblem } from '../state/toasts';
import { words } from '../words';
import { isOpen, runWords } from './runWords';

const t = words.verified;
const againMs = 1500;

/** The rules, read again and again while one of them is being verified. */
export function useRules(): Resource<RuleState[]> {
  const rules = useResource<RuleState[]>(isCoordinator.value ? '/hazards/rules' : null);
  const open = rules.data?.some((rule) => isOpen(rule.run)) ?? false;
  useEffect(() => {
    if (!open || rules.loading) return;
    const wait = setTimeout(rules.reload, againMs);
    return () => clearTimeout(wait);
  }, [open, rules.loading, rules.data]);
  return rules;
}

/** Asks for a verification, shows how far it is, and ends it. The server does the work: one may leave and come back. */
export function Verifying({ rule, onChange }: { rule: RuleState; onChange(): void }) {
  const [busy, setBusy] = useState(false);
  const { run } = rule;
  const act = async (address: string): Promise<void> => {
    setBusy(true);
    try {
      await server.post(address);
      onChange();
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  if (!rule.verifiable) return <p class="muted">{t.notHere}</p>;
  const said = runWords(rule);
  return (
    <div class="running">
      {said && <p class="muted" role="status">{said}</p>}
      {isOpen(run) ? (
        <>
          <progress aria-label={t.label(t.names[rule.name] ?? rule.name)} max={run.total || 1} value={run.state === 'Running' ? run.done : undefined} />
          <p><button type="button" disabled={busy || !connected.value} onClick={() => void act(path`/hazards/verifications/${run.id}/cancel`)}>{t.cancel}</button></p>
        </>
      ) : <p><button type="button" disabled={busy || !connected.value} onClick={() => void act(path`/hazards/rules/${rule.name}/verify`)}>{t.run}</button></p>}
    </div>
  );
}
