import type { Quarantined } from '../../shared/api';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { people } from '../state/format';
import { silentOf } from '../state/gauges';
import { allFeeds } from '../state/layers';
import { useResource } from '../state/resource';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { Facts, Head } from './Head';

const t = words.feed;

export function FeedPanel({ id }: { id: string }) {
  const feed = allFeeds.value.find((f) => f.id === id);
  const address = feed?.kind === 'posts' ? '/reports/quarantine?source=' : '/observations/quarantine?feed=';
  const held = useResource<Quarantined[]>(isCoordinator.value && feed ? `${address}${encodeURIComponent(id)}` : null, feed?.quarantined);
  if (!feed) return <p class="empty">{words.detail.gone}</p>;
  const fault = feed.state === 'Dead' || feed.state === 'Late';
  return (
    <>
      <Head symbol={<span class={fault ? 'fault-mark' : 'ok-mark'} aria-hidden="true">{feed.state === 'Dead' ? '✕' : fault ? '◷' : feed.state === 'Ok' ? '✓' : '…'}</span>} title={feed.name} sub={`${t.kind[feed.kind]} · ${feed.credit}`} />
      <p class="big"><b class={fault ? 'fault-text' : ''}>{t.state[feed.state]}</b></p>
      <Facts facts={[
        [t.lastGood, <Age time={feed.lastGood} />], [t.lastTried, <Age time={feed.lastTried} />], [t.every, t.minutes(feed.everySeconds / 60)],
        [t.lastError, feed.lastError && <span class="fault-text">{feed.lastError}</span>], [t.stations, feed.kind === 'observations' && `${feed.stations}${silentOf(id) ? `, ${t.takesDown(silentOf(id))}` : ''}`],
      ]} />
      <h3>{t.quarantine} ({people(feed.quarantined)})</h3>
      {isCoordinator.value ? <Notice resource={held} what={t.quarantine.toLocaleLowerCase()} /> : feed.quarantined > 0 && <p class="muted">{words.map.restricted}</p>}
      {held.data?.length === 0 && <p class="muted">{t.quarantineEmpty}</p>}
      {held.data && held.data.length > 0 && (
        <ul class="members">{held.data.slice(0, 100).map((q) => (
          <li key={q.id}><b>{q.reason.replaceAll('-', ' ')}</b> <Age time={q.receivedAt} /><p>{q.detail}</p><p class="muted">{t.bytes(people(q.bytes))}</p></li>
        ))}</ul>
      )}
    </>
  );
}
