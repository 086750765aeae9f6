import type { HazardKind, ThresholdJudgement, ThresholdTrial } from '../../shared/api';
import { dayTime, people, quantity } from '../state/format';
import { words } from '../words';
import { levelWords, limitWords } from './levelWords';
import { levels, windowsOf, type Level } from './thresholdEntry';

const t = words.thresholds;

/** The levels of a stage; of rain those windows and levels that either side has. */
function rows(trial: ThresholdTrial): { level: Level; hours: number | null; value: number }[] {
  const limits = [...trial.before?.thresholds ?? [], ...trial.after?.thresholds ?? []];
  const rain = limits.some((one) => one.hours);
  return windowsOf(rain ? 'Rainfall' : 'Stage').flatMap((hours) => levels.filter((level) => !rain || limits.some((one) => one.hours === hours && one.level === level)).map((level) => ({ level, hours, value: 0 })));
}
const day = (time: string): string => time.slice(0, 10);

/** What other thresholds would have meant: both sides beside each other, and the alerts that differ. */
export function TrialTable({ trial, concern }: { trial: ThresholdTrial; concern: HazardKind }) {
  const kind = concern === 'Landslide' ? concern : null;
  const row = (name: string, pick: (j: ThresholdJudgement) => string) => (
    <tr><th scope="row">{name}</th>{[trial.before, trial.after].map((j, i) => <td key={i} class="num">{j ? pick(j) : t.notJudged}</td>)}</tr>
  );
  const judged = (j: ThresholdJudgement | null): boolean => Boolean(j?.scores && j.scores.hits + j.scores.misses + j.scores.falseAlarms > 0);
  const scored = judged(trial.before) || judged(trial.after);
  const alerts = (name: string, some: ThresholdTrial['gained']) => some.length > 0 && (
    <><h4>{name}</h4><ul>{some.map((a) => <li key={a.begin}>{dayTime(a.begin)} – {dayTime(a.end)}</li>)}</ul></>
  );
  return (
    <div>
      <p class="muted">{trial.from && trial.to ? t.on(people(trial.readings), day(trial.from), day(trial.to)) : t.none}. {trial.event !== null && t.event(quantity(trial.event, trial.unit))}</p>
      <table class="compare">
        <thead><tr><th /><th>{t.now}</th><th>{t.then}</th></tr></thead>
        <tbody>
          {rows(trial).map((limit) => row(limit.hours ? words.detail.inHours(limitWords({ ...limit, kind }), limit.hours) : limitWords(limit), (j) => {
            const own = j.thresholds.find((one) => one.level === limit.level && (one.hours ?? null) === limit.hours);
            return own ? quantity(own.value, trial.unit) : '–';
          }))}
          {row(t.level, (j) => levelWords(j.levelNow, concern))}
          {trial.readings > 0 && row(t.alerts, (j) => String(j.alerts))}
          {scored && row(t.hits, (j) => String(j.scores?.hits ?? '–'))}
          {scored && row(t.misses, (j) => String(j.scores?.misses ?? '–'))}
          {scored && row(t.wrong, (j) => String(j.scores?.falseAlarms ?? '–'))}
          {scored && row(t.lead50, (j) => (j.scores?.medianLeadHours == null ? '–' : t.hours(j.scores.medianLeadHours.toFixed(1))))}
        </tbody>
      </table>
      {alerts(t.gained, trial.gained)}
      {alerts(t.lost, trial.lost)}
      {trial.readings > 0 && trial.gained.length + trial.lost.length === 0 && <p>{t.same}</p>}
      {trial.cautions.map((line) => <p key={line} class="fault-text">{line}</p>)}
    </div>
  );
}
