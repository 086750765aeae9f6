import type { Share, Verification } from '../../shared/api';
import { Notice } from '../parts/Notice';
import { saysNothing } from '../rules/runWords';
import { useRules, Verifying } from '../rules/Verifying';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { Facts } from './Head';

const t = words.verified;
const two = (value: number): string => value.toFixed(2);
const share = (s: Share): string => (s.value === null ? t.noCase : t.share(two(s.value), two(s.low), two(s.high), s.n));
const date = (time: string): string => time.slice(0, 10);

/** How often the rule that decided was right on past observations, or that nobody has looked. */
export function RuleRecord({ rule }: { rule: { name: string; version: string } }) {
  const rules = useRules();
  if (!isCoordinator.value) return null;
  const state = rules.data?.find((r) => r.name === rule.name && r.version === rule.version) ?? null;
  return (
    <details class="section">
      <summary>{t.title}</summary>
      <Notice resource={rules} what={t.title.toLocaleLowerCase()} />
      {rules.data && (state?.verification ? <Record v={state.verification} /> : <p><b>{t.not}</b></p>)}
      {state ? <Verifying rule={state} onChange={rules.reload} /> : rules.data && <p class="muted">{t.notHere}</p>}
    </details>
  );
}

/** What came of a verification. */
export function Record({ v }: { v: Verification }) {
  const s = v.scores;
  // Where nothing records what came of it there are no scores; of silences there are both.
  const scored = !v.raised || s.hits + s.misses + s.falseAlarms > 0;
  if (saysNothing(v)) return <p>{t.nothing(t.on(v.data, date(v.from), date(v.to)))}</p>;
  return (
    <>
      <p class="muted">{words.evidence.ruleVersion(v.rule, v.version)}. {t.on(v.data, date(v.from), date(v.to))}.{scored && ` ${t.counts(s.hits, s.misses, s.falseAlarms)}.`}{v.raised && ` ${t.gaugeYears((v.gaugeYears ?? 0).toFixed(1))}.`}</p>
      {v.raised && <Facts facts={v.raised.filter((r) => !scored || r.times > 0).map((r) => [words.level[r.level], t.raised(r.times, r.perGaugeYear.toFixed(2), (100 * r.shareOfTime).toFixed(1))])} />}
      {scored && <Facts facts={[
        [t.pod, share(s.pod)], [t.far, share(s.far)], [t.csi, share(s.csi)],
        [t.lead, s.medianLeadHours === null || s.tenthLeadHours === null ? t.noCase : t.hours(s.medianLeadHours.toFixed(1), s.tenthLeadHours.toFixed(1))],
      ]} />}
      <p class="muted small-line">{v.window} {v.thresholds}</p>
    </>
  );
}
