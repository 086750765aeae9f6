import type { FeedQuality, FeedShares } from '../../shared/api';
import { path } from '../../shared/client';
import { findingWords } from '../detail/findingWords';
import { Facts } from '../detail/Head';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { people, qualityWords, quantity } from '../state/format';
import { useResource } from '../state/resource';
import { select } from '../state/selection';
import { words } from '../words';

const t = words.feedQuality;
const order: (keyof FeedShares)[] = ['answered', 'usable', 'onTime', 'believed', 'uncontradicted', 'untouched'];

/** What a feed's answers are worth: the score, what it is made of, and what had to be put right, before and after. */
export function QualityOfFeed({ id, score }: { id: string; score: number | null }) {
  const quality = useResource<FeedQuality>(path`/observations/feeds/${id}/quality`, score ?? '');
  return (
    <div class="section">
      <h3>{t.title}</h3>
      <Notice resource={quality} what={t.title.toLocaleLowerCase()} />
      {quality.data && <Shown of={quality.data} />}
    </div>
  );
}

function Shown({ of }: { of: FeedQuality }) {
  if (of.score === null) return <p class="muted">{t.none}</p>;
  return (
    <>
      <p><b>{t.score(of.score)}</b> <span class="muted">{t.made}</span></p>
      <Facts facts={order.map((share) => [t.shares[share], of.shares[share] !== null && t.percent(of.shares[share])])} />
      {of.repairs.length === 0
        ? <p class="muted">{t.untouched}</p>
        : <ul class="members">{of.repairs.map((r) => (
          <li key={`${r.day} ${r.kind}`}><b>{t.kinds[r.kind] ?? r.kind.replaceAll('-', ' ')}</b> {t.times(people(r.times), r.day)}<p><del>{r.before}</del> → <ins>{r.after}</ins></p></li>
        ))}</ul>}
      {of.doubted.length > 0 && <details open={of.doubted.length <= 5}><summary>{t.doubted} ({of.doubted.length})</summary><ul class="members">{of.doubted.map((d) => (
        <li key={d.datastream}><button type="button" class="link" onClick={() => select({ kind: 'station', id: d.station })}>{d.stationName}</button><p>{d.name || d.property}: {quantity(d.value, d.unit)} <Age time={d.time} /> <span class="fault-text">{qualityWords(d.quality.filter((q) => q !== 'Suspect'))}</span></p></li>
      ))}</ul></details>}
      {of.findings.length > 0 && <><h4>{t.contradicted}</h4><ul class="members">{of.findings.map((f) => (
        <li key={f.id}><button type="button" class="link" onClick={() => select({ kind: 'station', id: f.station })}>{f.stationName}</button><p>{findingWords(f)}</p></li>
      ))}</ul></>}
    </>
  );
}
