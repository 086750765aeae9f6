import type { FeedDefinition, FeedFormat, Quarantined } from '../../shared/api';
import { path } from '../../shared/client';
import { QualityOfFeed } from '../feeds/QualityOfFeed';
import { reasonWords } from '../feeds/verdict';
import { fromArea } from '../feeds/areaOfInterest';
import { Age } from '../parts/Age';
import { FeedMark, isFault } from '../parts/FeedMark';
import { Notice } from '../parts/Notice';
import { people } from '../state/format';
import { silentOf } from '../state/gauges';
import { allFeeds } from '../state/layers';
import { useResource } from '../state/resource';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { BulletinsOfFeed } from './BulletinsOfFeed';
import { FeedActions } from './FeedActions';
import { Facts, Head } from './Head';

const t = words.feed;
const a = words.feedAction;

/** One feed: is it to be trusted, what did it set aside, what is it, and what can be done with it. */
export function FeedPanel({ id }: { id: string }) {
  const feed = allFeeds.value.find((f) => f.id === id);
  const ours = isCoordinator.value && feed?.kind === 'observations';
  const definition = useResource<FeedDefinition>(ours ? path`/observations/feeds/${id}` : null, `${feed?.name} ${feed?.everySeconds} ${feed?.state}`);
  const formats = useResource<FeedFormat[]>(ours ? '/observations/feeds/formats' : null);
  if (!feed) return <p class="empty">{words.detail.gone}</p>;
  const announces = formats.data?.find((f) => f.name === definition.data?.format)?.announces ?? false;
  const fault = isFault(feed);
  const silent = silentOf(id);
  return (
    <>
      <Head symbol={<FeedMark feed={feed} />} title={feed.name} sub={`${t.kind[feed.kind]} · ${feed.credit}`} exercise={definition.data?.exercise ?? false} />
      <p class={fault ? 'health fault-text' : 'health'}><b>{a.health[feed.state]}</b></p>
      <Facts facts={[
        [t.lastGood, <Age time={feed.lastGood} />], [t.lastTried, <Age time={feed.lastTried} />], [t.every, t.minutes(feed.everySeconds / 60)],
        [t.outsideArea, (feed.outsideArea ?? 0) > 0 && people(feed.outsideArea ?? 0)],
        [t.lastError, feed.lastError && <span class="fault-text">{feed.lastError}</span>], [t.stations, feed.kind === 'observations' && !announces && <>{people(feed.stations)}{silent > 0 && <span class="fault-text">, {t.takesDown(silent)}</span>}</>],
      ]} />
      {ours && <FeedActions feed={feed} definition={definition.data} />}
      {ours && <Notice resource={definition} what={a.definition.toLocaleLowerCase()} />}
      {definition.data && <Definition of={definition.data} />}
      {ours && <QualityOfFeed id={id} score={feed.score ?? null} />}
      {announces && <BulletinsOfFeed id={id} outside={feed.outsideArea ?? 0} version={`${feed.lastGood} ${feed.outsideArea}`} />}
      <HeldBack id={id} kind={feed.kind} count={feed.quarantined} />
    </>
  );
}

function Definition({ of }: { of: FeedDefinition }) {
  const f = a.facts;
  return (
    <details class="section">
      <summary>{a.definition}</summary>
      <Facts facts={[[f.format, of.format], [f.readings, of.readings], [f.stations, of.stations], [f.every, t.minutes(of.everySeconds / 60)], [f.licence, of.licence], [f.zone, of.zone], [f.prefix, of.stationPrefix], [f.area, fromArea(of.area)], [f.id, of.id], ['', of.exercise && a.drill]]} />
    </details>
  );
}

function HeldBack({ id, kind, count }: { id: string; kind: 'observations' | 'posts'; count: number }) {
  const address = kind === 'posts' ? '/reports/quarantine?source=' : '/observations/quarantine?feed=';
  const held = useResource<Quarantined[]>(isCoordinator.value ? `${address}${encodeURIComponent(id)}` : null, count);
  return (
    <div class="section">
      <h3>{t.quarantine} ({people(count)} {a.inLastDay})</h3>
      {isCoordinator.value ? <Notice resource={held} what={t.quarantine.toLocaleLowerCase()} /> : count > 0 && <p class="muted">{words.map.restricted}</p>}
      {held.data?.length === 0 && <p class="muted">{t.quarantineEmpty}</p>}
      {held.data && held.data.length > 0 && (
        <ul class="members">{held.data.slice(0, 100).map((q) => (
          <li key={q.id}><b>{reasonWords(q.reason)}</b> <Age time={q.receivedAt} /><p>{q.detail}</p><p class="muted">{t.bytes(people(q.bytes))}</p></li>
        ))}</ul>
      )}
    </div>
  );
}
