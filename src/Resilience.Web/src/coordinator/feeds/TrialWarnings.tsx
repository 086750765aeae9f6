import type { FeedTrial } from '../../shared/api';
import { SeverityBadge } from '../parts/SeverityBadge';
import { timeOrDay } from '../state/format';
import { words } from '../words';

const t = words.feedTrial;
const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** The warnings a trial read, as they would be kept. */
export function TrialWarnings({ trial }: { trial: FeedTrial }) {
  return (
    <>
      <h3>{t.announced} ({trial.announced.length}{trial.bulletins > trial.announced.length && ` / ${trial.bulletins}`})</h3>
      {trial.outside > 0 && <p>{t.leftOut(trial.outside, trial.bulletins)}</p>}
      <div class="table-scroll samples" tabIndex={0} role="region" aria-label={t.announced}>
        <table>
          <thead><tr><th scope="col">{t.warning.what}</th><th scope="col">{t.warning.severity}</th><th scope="col">{t.warning.where}</th><th scope="col">{t.warning.until}</th></tr></thead>
          <tbody>{trial.announced.map((b, i) => (
            <tr key={i}>
              <th scope="row" dir="auto">{b.event || b.headline}<small class="muted"> {b.authority}{b.status !== 'Actual' && ` · ${b.status}`}{b.msgType !== 'Alert' && ` · ${b.msgType}`}</small></th>
              <td><SeverityBadge severity={b.severity} size={16} label={false} /> {words.severity[b.severity]}</td>
              <td dir="auto">{short(b.area)}{!b.located && b.msgType !== 'Cancel' && <span class="fault-text"> {t.notLocated}</span>}{b.outside && <span class="muted"> {t.outside}</span>}</td>
              <td>{b.expires ? timeOrDay(b.expires) : t.noEnd}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}
