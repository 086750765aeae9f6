import type { Draft, ZoneDetail } from '../../shared/api';
import { path } from '../../shared/client';
import { startDraft } from '../drafting/startDraft';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { SeverityBadge } from '../parts/SeverityBadge';
import { number, people, roughPeople, withLocalTimes } from '../state/format';
import { gaugesById } from '../state/gauges';
import { drafts, find, zones } from '../state/layers';
import { useResource } from '../state/resource';
import { select } from '../state/selection';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { ArrivalList } from './ArrivalList';
import { Damage } from './Damage';
import { DensityOfZone } from './DensityOfZone';
import { EvidenceChain } from './EvidenceChain';
import { Facts, Head } from './Head';
import { isRelayed, RelayedWarning } from './RelayedWarning';
import { ExposureFiles, Matrix, Needs, Roads, Seen, Sites, Units, Vulnerability } from './RiskFacts';

/** What rasters show has its feed where others have their gauge. */
const isSeen = (station: string): boolean => station.startsWith('coverage:');

export function ZonePanel({ id }: { id: string }) {
  const zone = find(zones, id)?.properties;
  const detail = useResource<ZoneDetail>(path`/risk/zones/${id}`, zone?.version);
  const open = useResource<Draft[]>(isCoordinator.value ? '/warnings/drafts' : null, drafts.state.value.version);
  const draft = open.data?.find((d) => d.zone === id && (d.state === 'Draft' || d.state === 'Submitted' || d.state === 'Returned')) ?? null;
  const z = zone ?? detail.data;
  if (!z) return <><Notice resource={detail} what={words.map.layer.zones.toLocaleLowerCase()} /></>;
  const d = detail.data;
  const relayed = isRelayed(z.station);
  return (
    <>
      <Head symbol={<SeverityBadge severity={z.severity} size={26} />} title={z.title} exercise={z.exercise} sub={words.hazard[z.kind]} />
      {!zone && <p class="notice">{words.detail.gone}</p>}
      <p class="big"><b>{words.detail.people(roughPeople(z.people))}</b></p>
      <Facts facts={[[words.detail.reason, withLocalTimes(z.reason, z.since)], [words.detail.likelihood, !relayed && z.likelihood], [words.detail.impact, !relayed && z.impact], [words.detail.since, <Age time={z.since} />]]} />
      {isCoordinator.value && zone && <p><button type="button" class="primary" onClick={() => startDraft({ zone: id })}>{words.detail.draft}</button></p>}
      {relayed && <RelayedWarning assessmentId={z.assessment} />}
      <Notice resource={detail} what={words.evidence.exposure.toLocaleLowerCase()} />
      {d && <ArrivalList arrivals={d.arrivals} />}
      {d && d.places.length > 0 && <details class="section" open><summary>{words.detail.places} ({d.places.length})</summary><table><tbody>{d.places.slice(0, 20).map((p) => <tr key={p.name}><td>{p.name}</td><td class="num">{p.people > 0 ? people(p.people) : words.detail.noFigure}</td><td class="num">{words.detail.km(number(p.km))}{p.kmToRoad !== null && <><br /><small class="muted">{words.risk.toRoad(p.kmToRoad.toLocaleString())}</small></>}</td></tr>)}</tbody></table></details>}
      {d && <Sites sites={d.siteList} />}
      {d && <Roads roads={d.roads} />}
      {d && <Vulnerability vulnerability={d.vulnerability} />}
      {d?.damage && <Damage damage={d.damage} />}
      {d && <Units units={d.units} />}
      {zone && <DensityOfZone zone={find(zones, id)!.geometry} />}
      {d && <Seen seen={d.seen} />}
      {d?.matrix && <Matrix matrix={d.matrix} />}
      {d && d.needs.people > 0 && <Needs needs={d.needs} />}
      {d && d.notKnown.length > 0 && <details class="section"><summary>{words.risk.notKnown} ({d.notKnown.length})</summary><ul>{d.notKnown.map((line) => <li key={line}>{line}</li>)}</ul></details>}
      {d && d.assumptions.length > 0 && <details class="section"><summary>{words.detail.assumptions} ({d.assumptions.length})</summary><ul>{d.assumptions.map((a) => <li key={a}>{a}</li>)}</ul></details>}
      {isCoordinator.value && <ExposureFiles />}
      <EvidenceChain zoneId={id} assessmentId={z.assessment} draft={draft} />
      {!relayed && !isSeen(z.station) && <p><button type="button" class="link" onClick={() => select({ kind: 'station', id: z.station })}>{words.alarmKind.gauge}: {gaugesById.value.get(z.station)?.station.name ?? z.station}</button></p>}
    </>
  );
}
