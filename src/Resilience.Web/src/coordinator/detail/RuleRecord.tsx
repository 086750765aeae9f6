import { useState } from 'preact/hooks';
import type { RuleState, Share, Verification } from '../../shared/api';
import { path, server } from '../../shared/client';
import { Notice } from '../parts/Notice';
import { useResource } from '../state/resource';
import { isCoordinator } from '../state/session';
import { toast } from '../state/toasts';
import { words } from '../words';
import { Facts } from './Head';

const t = words.verified;
const two = (value: number): string => value.toFixed(2);
const share = (s: Share): string => (s.value === null ? t.noCase : t.share(two(s.value), two(s.low), two(s.high), s.n));
const date = (time: string): string => time.slice(0, 10);

/** How often the rule that decided was right on past observations, or that nobody has looked. */
export function RuleRecord({ rule }: { rule: { name: string; version: string } }) {
  const [busy, setBusy] = useState(false);
  const rules = useResource<RuleState[]>(isCoordinator.value ? '/hazards/rules' : null);
  if (!isCoordinator.value) return null;
  const state = rules.data?.find((r) => r.name === rule.name && r.version === rule.version) ?? null;
  const verify = async (): Promise<void> => {
    setBusy(true);
    try {
      await server.post<Verification>(path`/hazards/rules/${rule.name}/verify`, {}, { atMostMs: 60_000 });
      rules.reload();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <details class="section">
      <summary>{t.title}</summary>
      <Notice resource={rules} what={t.title.toLocaleLowerCase()} />
      {rules.data && (state?.verification ? <Record v={state.verification} /> : <p><b>{t.not}</b></p>)}
      {rules.data && (state?.verifiable
        ? <p><button type="button" class="small" disabled={busy} onClick={() => void verify()}>{busy ? t.running : t.run}</button></p>
        : <p class="muted">{t.notHere}</p>)}
    </details>
  );
}

function Record({ v }: { v: Verification }) {
  const s = v.scores;
  if (v.raised) {
    return (
      <>
        <p class="muted">{words.evidence.ruleVersion(v.rule, v.version)}. {t.on(v.data, date(v.from), date(v.to))}. {t.gaugeYears((v.gaugeYears ?? 0).toFixed(1))}.</p>
        <Facts facts={v.raised.map((r) => [words.level[r.level], t.raised(r.times, r.perGaugeYear.toFixed(2), (100 * r.shareOfTime).toFixed(1))])} />
        <p class="muted small-line">{v.window} {v.thresholds}</p>
      </>
    );
  }
  return (
    <>
      <p class="muted">{words.evidence.ruleVersion(v.rule, v.version)}. {t.on(v.data, date(v.from), date(v.to))}. {t.counts(s.hits, s.misses, s.falseAlarms)}.</p>
      <Facts facts={[
        [t.pod, share(s.pod)], [t.far, share(s.far)], [t.csi, share(s.csi)],
        [t.lead, s.medianLeadHours === null || s.tenthLeadHours === null ? t.noCase : t.hours(s.medianLeadHours.toFixed(1), s.tenthLeadHours.toFixed(1))],
      ]} />
      <p class="muted small-line">{v.window} {v.thresholds}</p>
    </>
  );
}
