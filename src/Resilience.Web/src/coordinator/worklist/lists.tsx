import { useState } from 'preact/hooks';
import { Age } from '../parts/Age';
import { Cup } from '../parts/Cup';
import { FeedMark, isFault } from '../parts/FeedMark';
import { SeverityBadge } from '../parts/SeverityBadge';
import { worstFirst } from '../../shared/severity';
import { chainNow } from '../../shared/chainClock';
import { densityTone } from '../map/drawn';
import { alarms, markSeen, seen, type Alarm } from '../state/alarms';
import { bucket, localTime, number, roughPeople, timeOrDay } from '../state/format';
import { gauges, gaugesById, reporting, silentOf, unjudged } from '../state/gauges';
import { alerts, allFeeds, density, drafts, extents, feeds, heard, incidents, list, past, revisions, stations, zones } from '../state/layers';
import { moment } from '../state/moment';
import { picture } from '../state/picture';
import { filter, show, signInOpen } from '../state/selection';
import { isCoordinator, isReplay } from '../state/session';
import { words } from '../words';
import { GaugeLine, GaugeRow } from './GaugeRow';
import { Row } from './Row';

const matches = (...texts: (string | null | undefined)[]): boolean => {
  const wanted = filter.value.trim().toLocaleLowerCase();
  return !wanted || texts.some((t) => t?.toLocaleLowerCase().includes(wanted));
};
/** Why nothing stands here: no such thing, or a filter that hides them. */
const nothing = (all: number, none: string): string => (all > 0 && filter.value.trim() ? words.notice.gaugesFiltered : none);
const Empty = ({ text }: { text: string }) => <p class="empty">{text}</p>;
const Loading = () => <div class="skeleton" aria-busy="true"><span class="visually-hidden">{words.notice.loading}</span></div>;
const SignInFirst = ({ text }: { text: string }) => (
  <div class="empty"><p>{text}</p><button type="button" onClick={() => (signInOpen.value = true)}>{words.signIn}</button></div>
);

function AlarmSymbol({ alarm }: { alarm: Alarm }) {
  const gauge = alarm.kind === 'gauge' ? gaugesById.value.get(alarm.selection.id) : null;
  if (gauge) return <Cup level={gauge.level} silent={gauge.silent} judged={gauge.judged} />;
  return alarm.severity ? <SeverityBadge severity={alarm.severity} /> : <span class="fault-mark" role="img" aria-label={words.alarmKind.feed}>✕</span>;
}

export function AlarmList() {
  // Before the record began nothing is known, and that is not quiet.
  if (moment.value?.shown?.empty) return <Empty text={words.moment.nothingKnown} />;
  const shown = alarms.value.filter((a) => matches(a.title, words.alarmKind[a.kind]));
  const hidden = !isCoordinator.value && <SignInFirst text={words.notice.alarmsPublicOnly} />;
  if (alarms.value.length === 0) {
    if (picture.value === 'loading') return <Loading />;
    if (picture.value !== 'whole') return <Empty text={words.notice[picture.value]} />;
    if (gauges.value.length === 0) return <><Empty text={words.notice.noStations(localTime(chainNow()))} />{hidden}</>;
    const quiet = isCoordinator.value ? words.notice.alarmsEmpty : words.notice.alarmsEmptyPublic;
    return <><Empty text={`${quiet(gauges.value.length, reporting.value, localTime(chainNow()))}${unjudged.value > 0 ? ` ${words.notice.unjudged(unjudged.value)}` : ''}`} />{hidden}</>;
  }
  return (
    <>
    <ul class="rows">
      {shown.map((a) => {
        const mark = seen.value[a.key];
        return (
          <Row key={a.key} of={a.selection} severity={a.severity} exercise={a.exercise} fault={a.fault} seen={mark !== undefined} symbol={<AlarmSymbol alarm={a} />} title={a.title}
            action={mark === undefined && <button type="button" class="small" title={words.markSeen} onClick={() => markSeen(a.key)}>{words.seen}</button>}>
            <GaugeValue alarm={a} /> {a.since && a.kind !== 'gauge' && <Age time={a.since} />}{mark !== undefined && <span class="muted"> {words.seenAt(localTime(mark))}</span>}
          </Row>
        );
      })}
    </ul>
    {shown.length === 0 && <Empty text={words.notice.gaugesFiltered} />}
    {hidden}
    </>
  );
}

function GaugeValue({ alarm }: { alarm: Alarm }) {
  const gauge = alarm.kind === 'gauge' ? gaugesById.value.get(alarm.selection.id) : null;
  return gauge ? <GaugeLine gauge={gauge} /> : <b>{words.alarmKind[alarm.kind]}</b>;
}

/** Rows drawn at once: a thousand ticking ages cost more than anybody scrolls. */
const page = 100;

export function GaugeList() {
  const [most, setMost] = useState(page);
  const shown = gauges.value.filter((g) => matches(g.station.name, g.station.river, g.station.feedName));
  if (gauges.value.length === 0) return heard(stations, feeds) ? <Empty text={words.notice.noStations(localTime(chainNow()))} /> : <Loading />;
  return (
    <>
      <ul class="rows">{shown.slice(0, most).map((g) => <GaugeRow key={g.id} gauge={g} />)}</ul>
      {shown.length > most && <p class="empty">{words.notice.moreRows(most, shown.length)} <button type="button" onClick={() => setMost(most + page)}>{words.map.showAll}</button></p>}
      {shown.length === 0 && <Empty text={words.notice.gaugesFiltered} />}
    </>
  );
}

export function IncidentList() {
  if (past.value) return <Empty text={words.moment.notKept} />;
  if (!isCoordinator.value) return <SignInFirst text={words.notice.signInForIncidents} />;
  const shown = list(incidents).map((f) => f.properties).filter((i) => matches(i.title, i.place))
    .sort((a, b) => Number(a.state === 'Rejected') - Number(b.state === 'Rejected') || worstFirst(a.severity, b.severity) || b.last.localeCompare(a.last));
  if (!heard(incidents)) return <Loading />;
  if (shown.length === 0) return <Empty text={nothing(incidents.state.value.features.size, words.notice.incidentsEmpty(localTime(chainNow())))} />;
  return (
    <ul class="rows">
      {shown.map((i) => (
        <Row key={i.id} of={{ kind: 'incident', id: i.id }} severity={i.severity} exercise={i.exercise} seen={i.state === 'Rejected'} symbol={<SeverityBadge severity={i.severity} />} title={i.title}>
          <b class={i.state === 'Verified' ? 'safe-text' : ''}>{i.state === 'Verified' && '✓ '}{words.incident.state[i.state]}</b> {words.incident.counts(i.reports, i.origins)}<Age time={i.last} />
        </Row>
      ))}
    </ul>
  );
}

export function AlertList() {
  const inForce = list(alerts).map((f) => f.properties).filter((a) => matches(a.headline, a.areaDesc)).sort((a, b) => worstFirst(a.severity, b.severity) || b.sent.localeCompare(a.sent));
  const risks = list(zones).map((f) => f.properties).filter((z) => matches(z.title)).sort((a, b) => worstFirst(a.severity, b.severity) || b.people - a.people);
  const crowded = list(density).map((f) => f.properties).filter(() => matches(words.map.layer.density)).sort((a, b) => b.level - a.level || b.atLeast - a.atLeast || a.id.localeCompare(b.id));
  const seen = list(extents).map((f) => f.properties).filter((e) => e.class !== null && matches(e.name, e.feedName)).sort((a, b) => b.time.localeCompare(a.time) || a.id.localeCompare(b.id));
  return (
    <>
      <h3 class="list-head">{words.map.layer.alerts}</h3>
      {!heard(alerts) ? <Loading /> : inForce.length === 0 ? <Empty text={nothing(alerts.state.value.features.size, words.notice.alertsEmpty(localTime(chainNow())))} /> : (
        <ul class="rows">
          {inForce.map((a) => (
            <Row key={a.id} of={{ kind: 'alert', id: a.id }} severity={a.severity} exercise={a.status !== 'Actual'} symbol={<SeverityBadge severity={a.severity} />} title={a.headline}>
              {a.areaDesc}, {words.ledger.until(timeOrDay(a.expires))}, {words.ledger.people(a.people)}
            </Row>
          ))}
        </ul>
      )}
      <h3 class="list-head">{words.map.layer.zones}</h3>
      <ul class="rows">
        {risks.map((z) => (
          <Row key={z.id} of={{ kind: 'zone', id: z.id }} severity={z.severity} exercise={z.exercise} symbol={<SeverityBadge severity={z.severity} />} title={z.title}>
            {words.hazard[z.kind]}, {words.detail.people(roughPeople(z.people))}<Age time={z.since} />
          </Row>
        ))}
      </ul>
      {risks.length === 0 && (heard(zones) ? <Empty text={nothing(zones.state.value.features.size, words.notice.zonesEmpty(localTime(chainNow())))} /> : <Loading />)}
      {seen.length > 0 && <h3 class="list-head">{words.extent.list}</h3>}
      <ul class="rows">
        {seen.map((e) => (
          <Row key={e.id} of={{ kind: 'extent', id: e.id }} severity={null} exercise={e.exercise} symbol={<span class="swatch swatch-seen" />} title={`${e.name}`}>
            {words.extent.km2(number(e.squareKilometres ?? 0))}, {e.feedName} <Age time={e.time} />
          </Row>
        ))}
      </ul>
      {crowded.length > 0 && <h3 class="list-head">{words.map.layer.density}</h3>}
      <ul class="rows">
        {crowded.slice(0, 50).map((d) => (
          <Row key={d.id} of={{ kind: 'density', id: d.id }} severity={null} exercise={d.exercise} symbol={<span class={`swatch swatch-crowd tone-${densityTone(d.atLeast)}`} />} title={words.density.people(bucket(d))}>
            {words.density.km(words.number(d.km))} <Age time={d.since} />
          </Row>
        ))}
      </ul>
    </>
  );
}

export function DraftList() {
  if (past.value) return <Empty text={words.moment.notKept} />;
  if (!isCoordinator.value) return <SignInFirst text={words.notice.signInForDrafts} />;
  const shown = list(drafts).map((f) => f.properties).filter((d) => matches(d.headline, d.author))
    .sort((a, b) => Number(b.state === 'Submitted') - Number(a.state === 'Submitted') || worstFirst(a.severity, b.severity));
  if (!heard(drafts)) return <Loading />;
  const waiting = list(revisions).map((f) => f.properties).filter((r) => matches(r.stationName, r.proposedByName));
  if (shown.length === 0 && waiting.length === 0) return <Empty text={nothing(drafts.state.value.features.size, words.notice.draftsEmpty(localTime(chainNow())))} />;
  return (
    <ul class="rows">
      {shown.map((d) => (
        <Row key={d.id} of={{ kind: 'draft', id: d.id }} severity={d.severity} exercise={d.exercise} symbol={<SeverityBadge severity={d.severity} />} title={d.headline}>
          <b>{words.draft.state[d.state]}</b> {words.evidence.by(d.author)}, {words.detail.people(roughPeople(d.people))}, {words.ledger.until(timeOrDay(d.expires))}
        </Row>
      ))}
      {waiting.map((r) => (
        <Row key={r.id} of={{ kind: 'station', id: r.station }} severity={null} exercise={r.exercise} symbol={<span aria-hidden="true">⇕</span>} title={words.thresholds.waitingFor(r.stationName)}>
          <b>{words.evidence.waits}</b> {words.evidence.by(r.proposedByName)} <Age time={r.proposedAt} />
        </Row>
      ))}
    </ul>
  );
}

export function FeedList() {
  const shown = allFeeds.value.filter((f) => matches(f.name))
    .sort((a, b) => Number(b.state === 'Dead') - Number(a.state === 'Dead') || Number(b.state === 'Late') - Number(a.state === 'Late') || a.name.localeCompare(b.name));
  return (
    <>
      <AddFeed />
      {shown.length === 0 && (heard(feeds) ? <Empty text={nothing(allFeeds.value.length, words.notice.feedsEmpty(localTime(chainNow())))} /> : <Loading />)}
      <ul class="rows">
        {shown.map((f) => {
          const fault = isFault(f);
          return (
            <Row key={f.id} of={{ kind: 'feed', id: f.id }} severity={null} fault={fault} symbol={<FeedMark feed={f} />} title={f.name}>
              <b class={fault ? 'fault-text' : ''}>{words.feed.state[f.state]}</b> {words.feed.kind[f.kind]}, {words.feed.lastGood.toLocaleLowerCase()} <Age time={f.lastGood} clock={false} />
              {silentOf(f.id) > 0 && <span class="fault-text"> {words.feed.takesDown(silentOf(f.id))}</span>}
              {f.quarantined > 0 && <span> {words.feed.quarantined(f.quarantined)}</span>}
              {(f.outsideArea ?? 0) > 0 && <span> {words.feed.outside(f.outsideArea ?? 0)}</span>}
            </Row>
          );
        })}
      </ul>
    </>
  );
}

/** Always there, and where it does nothing it says why. */
function AddFeed() {
  const t = words.feedForm;
  if (isReplay.value) return <p class="list-note muted">{t.replay}</p>;
  return (
    <p class="list-note actions">
      {isCoordinator.value ? <button type="button" class="tall" onClick={() => show({ name: 'feed', feed: null })}>+ {t.add}</button>
        : <><span class="muted">{t.signIn}</span><button type="button" class="tall" onClick={() => (signInOpen.value = true)}>{words.signIn}</button></>}
    </p>
  );
}
