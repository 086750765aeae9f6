import type { Alert, Ledger } from '../../shared/api';
import { path } from '../../shared/client';
import { startDraft } from '../drafting/startDraft';
import { AlertText } from '../parts/AlertText';
import { Notice } from '../parts/Notice';
import { SeverityBadge } from '../parts/SeverityBadge';
import { people, roughPeople, timeOrDay } from '../state/format';
import { alerts, find } from '../state/layers';
import { useResource } from '../state/resource';
import { retracting } from '../state/selection';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { EvidenceChain } from './EvidenceChain';
import { Facts, Head } from './Head';

const t = words.draft;

export function AlertPanel({ id }: { id: string }) {
  const inForce = find(alerts, id)?.properties;
  const alert = useResource<Alert>(path`/warnings/alerts/${id}`, inForce?.identifier);
  const ledger = useResource<Ledger>(isCoordinator.value ? path`/dissemination/alerts/${id}/ledger` : null, alerts.changedAt.value);
  const a = alert.data;
  if (!a) return <Notice resource={alert} what={words.map.layer.alerts.toLocaleLowerCase()} />;
  const live = a.state === 'InForce';
  return (
    <>
      <Head symbol={<SeverityBadge severity={a.severity} size={26} />} title={a.headline} exercise={a.status !== 'Actual'} sub={`${a.event} · ${words.alert.state[a.state]}`} />
      {!live && <p class="notice">{words.alert.state[a.state]}{a.reason ? `: ${words.retract.reasons[a.reason as keyof typeof words.retract.reasons] ?? a.reason}` : ''}</p>}
      <Facts facts={[
        [words.alert.valid, `${timeOrDay(a.onset ?? a.sent)} – ${timeOrDay(a.expires)}`], [words.alert.area, a.areaDesc], ['', words.detail.people(roughPeople(a.people))],
        [words.alert.author, a.author], [words.alert.approver, a.approver], [t.urgency, t.urgencies[a.urgency as keyof typeof t.urgencies] ?? a.urgency], [t.certainty, t.certainties[a.certainty as keyof typeof t.certainties] ?? a.certainty],
      ]} />
      {isCoordinator.value && live && (
        <p class="actions"><button type="button" onClick={() => startDraft({ alert: id })}>{words.alert.update}</button><button type="button" class="danger" onClick={() => (retracting.value = id)}>{words.ledger.retract}</button></p>
      )}
      {a.texts.map((text) => <AlertText key={text.language} text={text} struck={a.state === 'Cancelled'} />)}
      {isCoordinator.value && <Notice resource={ledger} what={words.alert.ledger.toLocaleLowerCase()} />}
      {ledger.data && <LedgerTable ledger={ledger.data} id={a.identifier} />}
      <EvidenceChain alert={a} />
      <p><a href={path`/warnings/alerts/${id}/cap.xml`} target="_blank" rel="noreferrer">{words.detail.rawCap}</a></p>
    </>
  );
}

function LedgerTable({ ledger, id }: { ledger: Ledger; id: string }) {
  const c = words.alert;
  const csv = `channel,queued,sent,confirmed,failed,unknown\n${ledger.channels.map((x) => [x.channel, x.queued, x.sent, x.confirmed, x.failed, x.unknown].join(',')).join('\n')}\n`;
  return (
    <section class="section">
      <h3>{c.ledger}</h3>
      {ledger.channels.length === 0 ? <p class="muted">{words.ledger.noChannels}</p> : (
        <>
          <table class="ledger-table">
            <thead><tr><th>{c.channel}</th><th>{c.queued}</th><th>{c.sentCol}</th><th>{c.confirmed}</th><th>{c.failed}</th><th>{c.unknown}</th></tr></thead>
            <tbody>{ledger.channels.map((x) => <tr key={x.channel}><td>{x.channel}</td><td class="num">{people(x.queued)}</td><td class="num">{people(x.sent)}</td><td class="num">{people(x.confirmed)}</td><td class={x.failed ? 'num fault-text' : 'num'}>{people(x.failed)}</td><td class="num">{people(x.unknown)}</td></tr>)}</tbody>
          </table>
          <p class="muted">{c.unknownWhy} <a download={`ledger-${id}.csv`} href={`data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`}>{c.export}</a></p>
        </>
      )}
    </section>
  );
}
