import { Age } from '../parts/Age';
import { Cup } from '../parts/Cup';
import { SeverityBadge } from '../parts/SeverityBadge';
import { dayTime, people, quantity, roughPeople, withLocalTimes } from '../state/format';
import { gaugesById } from '../state/gauges';
import { alerts, density, extents, find, zones } from '../state/layers';
import { forecasts, moment } from '../state/moment';
import type { Kind } from '../state/selection';
import { words } from '../words';
import { DensityFacts } from './DensityPanel';
import { Facts, Head } from './Head';

const t = words.moment;

/** One thing as it was known at the moment shown. Only what that moment knew: everything else on a thing is of now. */
export function MomentPanel({ kind, id }: { kind: Kind; id: string }) {
  const shown = moment.value?.shown;
  return <>{one(kind, id) ?? <p class="empty">{t.notThen}</p>}<p class="muted">{shown && t.panel(dayTime(shown.at))}</p></>;
}

function one(kind: Kind, id: string) {
  const gauge = kind === 'station' ? gaugesById.value.get(id) : null;
  if (gauge) {
    const { station: s, assessment: a } = gauge;
    const f = forecasts.value.get(id);
    return (
      <>
        <Head symbol={<Cup level={gauge.level} silent={gauge.silent} judged={gauge.judged} size={26} />} title={s.name} exercise={s.exercise} sub={[s.river, s.credit || s.feedName].filter(Boolean).join(' · ')} />
        <p class="big"><b>{s.value === null ? words.noValue : quantity(s.value, s.unit)}</b> {gauge.silent ? words.silentState : gauge.judged ? words.levelLong[gauge.level] : words.notJudgedLong}</p>
        <p><Age time={s.time} /></p>
        {a && <p>{withLocalTimes(a.summary, a.assessedAt)}</p>}
        {f && <Facts facts={[[t.expected, t.band(quantity(f.low, f.unit), quantity(f.high, f.unit), quantity(f.middle, f.unit))], [t.madeAt, dayTime(f.madeAt)]]} />}
      </>
    );
  }
  const zone = kind === 'zone' ? find(zones, id)?.properties : null;
  if (zone) {
    return (
      <>
        <Head symbol={<SeverityBadge severity={zone.severity} size={26} />} title={zone.title} exercise={zone.exercise} sub={words.hazard[zone.kind]} />
        <p class="big"><b>{words.detail.people(roughPeople(zone.people))}</b></p>
        <Facts facts={[[words.detail.reason, withLocalTimes(zone.reason, zone.since)], [words.detail.likelihood, zone.likelihood], [words.detail.impact, zone.impact], [words.detail.since, dayTime(zone.since)]]} />
      </>
    );
  }
  const alert = kind === 'alert' ? find(alerts, id)?.properties : null;
  if (alert) {
    return (
      <>
        <Head symbol={<SeverityBadge severity={alert.severity} size={26} />} title={alert.headline} exercise={alert.status !== 'Actual'} sub={alert.areaDesc} />
        <Facts facts={[[t.sent, dayTime(alert.sent)], [t.until, dayTime(alert.expires)], [words.extent.who, people(alert.people)]]} />
      </>
    );
  }
  const cell = kind === 'density' ? find(density, id)?.properties : null;
  if (cell) return <DensityFacts cell={cell} />;
  const extent = kind === 'extent' ? find(extents, id)?.properties : null;
  return extent && <><Head symbol={<span class="swatch swatch-seen" />} title={extent.name ?? words.extent.lookedAt(extent.feedName)} exercise={extent.exercise} sub={extent.feedName} /><Facts facts={[[words.extent.seenAt, dayTime(extent.time)]]} /></>;
}
