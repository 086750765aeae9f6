import type { BulletinSummary } from '../../shared/api';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { SeverityBadge } from '../parts/SeverityBadge';
import { useResource } from '../state/resource';
import { words } from '../words';

const t = words.relayed;
const short = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** What a feed of warnings announced, the newest first; what nobody can place on the map stands here all the same, and what lies outside the feed's area below. */
export function BulletinsOfFeed({ id, outside, version }: { id: string; outside: number; version: unknown }) {
  const of = `/observations/bulletins?limit=100&feed=${encodeURIComponent(id)}`;
  const list = useResource<BulletinSummary[]>(of, version);
  const leftOut = useResource<BulletinSummary[]>(outside > 0 ? `${of}&outside=true` : null, version);
  return (
    <div class="section">
      <h3>{t.list}{list.data ? ` (${list.data.filter((b) => b.stands).length} / ${list.data.length})` : ''}</h3>
      <Notice resource={list} what={t.list.toLocaleLowerCase()} />
      {list.data?.length === 0 && <p class="muted">{t.none}</p>}
      {list.data && list.data.length > 0 && <Listed of={list.data} />}
      {outside > 0 && <details><summary>{t.listOutside(outside)}</summary><Notice resource={leftOut} what={t.list.toLocaleLowerCase()} />{leftOut.data && <Listed of={leftOut.data} />}</details>}
    </div>
  );
}

function Listed({ of }: { of: BulletinSummary[] }) {
  return (
    <ul class="members">{of.map((b) => (
      <li key={b.id}>
        <SeverityBadge severity={b.severity} size={16} /> <b>{b.event}</b> <span class="muted">{b.status !== 'Actual' && `${b.status} · `}{b.stands ? t.stands : t.over} · </span><Age time={b.sent} />
        <p dir="auto">{b.headline}</p>
        <p class="muted" dir="auto">{b.authority}{b.area && ` · ${short(b.area)}`}</p>
        {!b.located && b.stands && <p class="fault-text">{t.notLocated}</p>}
        {b.unknownCodes.length > 0 && <p class="fault-text">{t.unknown(b.unknownCodes.join(', '))}</p>}
      </li>
    ))}</ul>
  );
}
