import type { AlertProperties, Ledger } from '../../shared/api';
import { path } from '../../shared/client';
import { worstFirst } from '../../shared/severity';
import { bare, ExercisePlate } from '../parts/Exercise';
import { SeverityBadge } from '../parts/SeverityBadge';
import { timeOrDay } from '../state/format';
import { alerts } from '../state/layers';
import { useResource } from '../state/resource';
import { retracting, select } from '../state/selection';
import { isCoordinator } from '../state/session';
import { words } from '../words';

const shown = 3;

/** Bar F: what people have been told, visible as long as any alert is in force. */
export function LedgerBar() {
  const inForce = [...alerts.present.value.features.values()].map((f) => f.properties).sort((a, b) => worstFirst(a.severity, b.severity) || b.sent.localeCompare(a.sent));
  if (inForce.length === 0) return null;
  return (
    <section class="ledger-bar" aria-label={words.ledger.title}>
      {inForce.slice(0, shown).map((a) => <LiveAlert key={a.id} alert={a} />)}
      {inForce.length > shown && <span class="muted">{words.ledger.more(inForce.length - shown)}</span>}
    </section>
  );
}

function LiveAlert({ alert }: { alert: AlertProperties }) {
  return (
    <div class="live-alert">
      <SeverityBadge severity={alert.severity} size={20} />
      <button type="button" class="link" onClick={() => select({ kind: 'alert', id: alert.id })}><ExercisePlate on={alert.status !== 'Actual'} />{bare(alert.headline)}</button>
      <span class="muted">{words.ledger.sent(timeOrDay(alert.sent))}, {words.ledger.until(timeOrDay(alert.expires))}, {words.ledger.people(alert.people)}</span>
      {isCoordinator.value && <Figures alert={alert} />}
      {isCoordinator.value && <button type="button" class="danger" onClick={() => (retracting.value = alert.id)}>{words.ledger.retract}</button>}
    </div>
  );
}

function Figures({ alert }: { alert: AlertProperties }) {
  const ledger = useResource<Ledger>(path`/dissemination/alerts/${alert.id}/ledger`, alerts.changedAt.value);
  if (!ledger.data) return null;
  return (
    <span class="figures muted">
      {ledger.data.channels.every((c) => c.queued + c.sent + c.confirmed + c.failed + c.unknown === 0) ? words.ledger.noChannels : ledger.data.channels.map((c) => (
        <span key={c.channel} title={words.ledger.figures(c.channel, c.sent, c.confirmed, c.failed, c.unknown, c.queued)}>
          {c.channel} <b>{c.confirmed + c.sent}</b>/{c.queued + c.sent + c.confirmed + c.failed + c.unknown}
        </span>
      ))}
    </span>
  );
}
