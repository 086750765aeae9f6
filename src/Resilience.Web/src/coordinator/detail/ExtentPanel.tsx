import type { ExtentDetail } from '../../shared/api';
import { path } from '../../shared/client';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { number, people, roughPeople } from '../state/format';
import { extents, find, list } from '../state/layers';
import { useResource } from '../state/resource';
import { words } from '../words';
import { Facts, Head } from './Head';
import { Roads, Sites, Units, Vulnerability } from './RiskFacts';

const t = words.extent;

/** What a raster shows: the id is a feature's on the map, or `COVERAGE/CLASS` where a zone's evidence names it. */
export function ExtentPanel({ id }: { id: string }) {
  const [coverage, index] = id.split('/');
  const named = index === undefined ? null : { coverage: coverage!, class: Number(index) };
  const feature = find(extents, id)?.properties ?? list(extents).find((f) => named && f.properties.coverageId === named.coverage && f.properties.class === named.class)?.properties ?? null;
  const wanted = named ?? (feature && feature.class !== null ? { coverage: feature.coverageId, class: feature.class } : null);
  const detail = useResource<ExtentDetail>(wanted ? path`/risk/extents/${wanted.coverage}/${String(wanted.class)}` : null, feature?.coverageId);
  const d = detail.data;
  if (!feature && !d) return wanted ? <Notice resource={detail} what={words.map.layer.extents.toLocaleLowerCase()} /> : <p class="empty">{words.detail.gone}</p>;
  const s = d ?? feature!;
  const source = d?.source ?? feature!.feedName;
  return (
    <>
      <Head symbol={<span class="swatch swatch-seen" />} title={feature?.class === null ? t.lookedAt(source) : `${d?.name ?? feature?.name}`} exercise={s.exercise} sub={`${t.quantity[s.quantity]} · ${t.source}: ${s.credit || source}`} />
      {!feature && <p class="notice">{words.detail.gone}</p>}
      {feature?.class === null ? <p>{t.outline}</p> : s.squareKilometres === 0 && <p class="notice">{t.nothing}</p>}
      {d && d.people > 0 && <p class="big"><b>{words.detail.people(roughPeople(d.people))}</b></p>}
      <Facts facts={[
        [t.seenAt, <Age time={s.time} />], [t.received, <Age time={s.receivedAt} />],
        [t.area, s.squareKilometres === undefined ? null : t.km2(number(s.squareKilometres))],
        [t.blind, s.seenShare < 0.9995 && t.blindShare(((1 - s.seenShare) * 100).toLocaleString(undefined, { maximumFractionDigits: 1 }))],
      ]} />
      {wanted && <Notice resource={detail} what={t.who.toLocaleLowerCase()} />}
      {d && d.places.length > 0 && <details class="section" open><summary>{words.detail.places} ({d.places.length})</summary><table><tbody>{d.places.slice(0, 20).map((p) => <tr key={p.id}><td>{p.name}</td><td class="num">{p.people > 0 ? people(p.people) : words.detail.noFigure}</td></tr>)}</tbody></table></details>}
      {d && <Sites sites={d.sites} />}
      {d && <Roads roads={d.roads} />}
      {d && <Vulnerability vulnerability={d.vulnerability} />}
      {d && <Units units={d.units} />}
      {d && d.assumptions.length > 0 && <details class="section" open><summary>{words.detail.assumptions} ({d.assumptions.length})</summary><ul>{d.assumptions.map((a) => <li key={a}>{a}</li>)}</ul></details>}
    </>
  );
}
