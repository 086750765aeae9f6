import type { ComponentChildren } from 'preact';
import type { Alert, AssessmentDetail, Draft, Rarity, ZoneDetail } from '../../shared/api';
import { path } from '../../shared/client';
import { Notice } from '../parts/Notice';
import { ageWords, qualityWords, quantity, roughPeople, timeOrDay, utcTime, withLocalTimes } from '../state/format';
import { find, stations } from '../state/layers';
import { useResource } from '../state/resource';
import { show } from '../state/selection';
import { toast } from '../state/toasts';
import { words } from '../words';
import { RainTable } from './RainTable';
import { Recompute } from './Recompute';
import { RuleRecord } from './RuleRecord';

interface Links { assessmentId?: string | null; zoneId?: string | null; draftId?: string | null; draft?: Draft | null; alert?: Alert | null }
interface Step { name: string; what: string; when: string | null; raw: string | null; open?: () => void }

/** Observation > rule > exposure > draft > approval > send, each with what, when, who and the raw record. */
export function EvidenceChain({ assessmentId, zoneId, draftId, draft: known, alert }: Links) {
  const zone = useResource<ZoneDetail>(zoneId ? path`/risk/zones/${zoneId}` : null);
  const fromZone = assessmentId ?? zone.data?.assessment ?? null;
  const assessment = useResource<AssessmentDetail>(fromZone ? path`/hazards/assessments/${fromZone}` : null);
  const loaded = useResource<Draft>(draftId && !known ? path`/warnings/drafts/${draftId}` : null);
  const steps = chain(assessment.data, zone.data, known ?? loaded.data, alert ?? null);
  return (
    <section class="evidence section">
      <h3>{words.evidence.title}</h3>
      {fromZone && <Notice resource={assessment} what={words.evidence.assessment.toLocaleLowerCase()} />}
      <ol class="chain">
        {steps.map((s, i) => (
          <li key={i} class={s.when || s.raw ? '' : 'not-yet'}>
            <b>{s.name}</b> <ChainTime step={s} />
            <p>{s.what}</p>
            {s.raw && <a href={s.raw} target="_blank" rel="noreferrer">{words.evidence.raw}</a>}{s.raw && s.open && ' · '}
            {s.open && <button type="button" class="link" onClick={s.open}>{words.draft.open}</button>}
          </li>
        ))}
      </ol>
      {assessment.data?.sums && <RainTable sums={assessment.data.sums} unit={assessment.data.evidence[0]?.unit ?? assessment.data.sums.find((s) => s.thresholds.length > 0)?.thresholds[0]?.unit ?? ''} />}
      {assessment.data && !assessment.data.relayed && !assessment.data.seen && <Recompute key={assessment.data.assessment} id={assessment.data.assessment} />}
      {assessment.data && !assessment.data.relayed && <RuleRecord rule={assessment.data.rule} />}
      <button type="button" class="small" onClick={() => void copy(steps)}>{words.copy}</button>
    </section>
  );
}

const ChainTime = ({ step }: { step: Step }): ComponentChildren => (step.when ? <time class="muted" dateTime={step.when}>{timeOrDay(step.when)} ({utcTime(step.when)})</time> : null);

/** Reads the links into steps; what has not happened yet stands there as "not yet", so the chain shows how far it got. */
function chain(assessment: AssessmentDetail | null, zone: ZoneDetail | null, draft: Draft | null, alert: Alert | null): Step[] {
  const steps: Step[] = [];
  const none = (name: string): Step => ({ name, what: words.evidence.notYet, when: null, raw: null });
  if (assessment) {
    const theirs = assessment.relayed;
    if (theirs) steps.push({ name: words.relayed.warning, what: `${theirs.authority}: ${theirs.headline || theirs.event}`, when: theirs.sent, raw: path`/observations/bulletins/${theirs.bulletin}` });
    const above = assessment.seen;
    if (above) steps.push({ name: words.extent.list, what: `${above.feedName}: ${above.classes.join(', ')}${above.coverages.length > 1 ? `. ${words.extent.pictures(above.coverages.length, timeOrDay(above.oldest))}` : ''}`, when: above.time, raw: path`/observations/feeds/${above.feedId}` });
    const inputs = [...assessment.evidence].sort((a, b) => b.time.localeCompare(a.time));
    for (const e of inputs.slice(0, 2)) {
      const quality = qualityWords(e.quality);
      steps.push({
        name: words.evidence.observation, when: e.time, raw: path`/observations/datastreams/${e.datastream}/observations`,
        what: `${quantity(e.value, e.unit)}, ${find(stations, assessment.station)?.properties.name ?? e.datastream}${quality ? ` (${quality})` : ''}`,
      });
    }
    if (inputs.length > 2) steps.push({ name: words.evidence.observation, what: words.evidence.more(inputs.length - 2), when: null, raw: path`/hazards/assessments/${assessment.assessment}` });
    steps.push({ name: words.evidence.rule, what: `${words.evidence.ruleVersion(assessment.rule.name, assessment.rule.version)}. ${assessment.rule.text}`, when: null, raw: path`/hazards/assessments/${assessment.assessment}` });
    if (assessment.rarity) steps.push({ name: words.frequency.step, what: rarityWords(assessment.rarity), when: assessment.rarity.time, raw: path`/hazards/stations/${assessment.station}/frequency` });
    steps.push({ name: words.evidence.assessment, what: `${withLocalTimes(assessment.summary, assessment.assessedAt)} (${words.detail.confidence(assessment.confidence.toFixed(2))})`, when: assessment.assessedAt, raw: path`/hazards/assessments/${assessment.assessment}` });
  }
  if (zone) steps.push({ name: words.evidence.exposure, what: `${words.detail.people(roughPeople(zone.people))}. ${withLocalTimes(zone.reason, zone.since)}`, when: zone.since, raw: path`/risk/zones/${zone.id}` });
  if (draft) {
    steps.push({ name: words.evidence.draft, what: draft.authorId ? words.evidence.by(draft.author) : words.evidence.machine, when: draft.createdAt, raw: path`/warnings/drafts/${draft.id}`, open: () => show({ name: draft.state === 'Submitted' ? 'approve' : 'edit', draft: draft.id }) });
    if (!alert) steps.push(draft.submittedAt ? { name: words.evidence.approval, what: words.evidence.waits, when: draft.submittedAt, raw: null } : none(words.evidence.approval));
  } else if (!alert) steps.push(none(words.evidence.draft), none(words.evidence.approval));
  if (alert) {
    if (!draft) steps.push({ name: words.evidence.draft, what: words.evidence.by(alert.author), when: null, raw: path`/warnings/alerts/${alert.id}` });
    steps.push({ name: words.evidence.approval, what: alert.approver ? words.evidence.by(alert.approver) : words.evidence.notYet, when: alert.sent, raw: null });
    steps.push({ name: words.evidence.send, what: alert.identifier, when: alert.sent, raw: path`/warnings/alerts/${alert.id}/cap.xml` });
  } else steps.push(none(words.evidence.send));
  return steps;
}

function rarityWords(r: Rarity): string {
  return [words.frequency.then(quantity(r.value, r.unit), r.words), words.frequency.record(r.record, r.source), r.rating && `${words.frequency.rating(r.rating.source, r.rating.version)}.`].filter(Boolean).join(' ');
}

async function copy(steps: Step[]): Promise<void> {
  const text = steps.map((s) => [s.name, s.when && `${s.when} (${ageWords(s.when)})`, s.what, s.raw && new URL(s.raw, location.origin).href].filter(Boolean).join(' | ')).join('\n');
  await navigator.clipboard.writeText(text);
  toast(words.copied);
}
