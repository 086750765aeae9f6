import type { AssessmentDetail, BulletinDetail } from '../../shared/api';
import { path } from '../../shared/client';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { timeOrDay } from '../state/format';
import { useResource } from '../state/resource';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { Facts } from './Head';

const t = words.relayed;

/** A zone of another authority's warning has its thread where others have their gauge. */
export const isRelayed = (station: string): boolean => station.startsWith('bulletin:');

/** Another authority's warning in its own words and languages: quoted, never written anew. */
export function RelayedWarning({ assessmentId }: { assessmentId: string }) {
  const assessment = useResource<AssessmentDetail>(path`/hazards/assessments/${assessmentId}`);
  const warning = assessment.data?.relayed ?? null;
  const detail = useResource<BulletinDetail>(warning ? path`/observations/bulletins/${warning.bulletin}` : null);
  const d = detail.data;
  return (
    <section class="section">
      <h3>{t.title}</h3>
      <Notice resource={assessment} what={t.warning.toLocaleLowerCase()} />
      <Notice resource={detail} what={t.warning.toLocaleLowerCase()} />
      {d?.texts.map((text) => (
        <blockquote key={text.language} class="quoted" lang={text.language} dir="auto">
          {text.headline && <p><b>{text.headline}</b> <span class="muted">{text.language}</span></p>}
          {text.description && <p>{text.description}</p>}
          {text.instruction && <p><b lang="en">{t.instruction}:</b> {text.instruction}</p>}
        </blockquote>
      ))}
      {warning && (
        <Facts facts={[
          [t.sent, <Age time={warning.sent} />], [t.until, <time dateTime={warning.until}>{timeOrDay(warning.until)}</time>], [t.area, d?.bulletin.area],
          [t.scales, `${words.severity[warning.severity]}, ${warning.urgency}, ${warning.certainty}`],
        ]} />
      )}
      {d && d.bulletin.unknownCodes.length > 0 && <p class="fault-text">{t.unknown(d.bulletin.unknownCodes.join(', '))}</p>}
      {d && d.findings.length > 0 && <details><summary>{t.findings} ({d.findings.length})</summary><ul>{d.findings.map((f) => <li key={f}>{f}</li>)}</ul></details>}
      <p class="muted">{t.theirs} {t.untranslated}</p>
      <p>
        {warning?.web && <a href={warning.web} target="_blank" rel="noreferrer">{t.web}</a>}
        {d?.rawSha256 && isCoordinator.value && <>{warning?.web && ' · '}<a href={path`/observations/bulletins/${d.bulletin.id}/raw`}>{t.raw}</a></>}
      </p>
    </section>
  );
}
