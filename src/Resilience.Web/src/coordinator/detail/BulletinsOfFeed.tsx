import type { BulletinSummary } from '../../shared/api';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { SeverityBadge } from '../parts/SeverityBadge';
import { useResource } from '../state/resource';
import { words } from '../words';

const t = words.relayed;
const short = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** What a feed of warnings announced, the newest first; what nobody can place on the map stands here all the same. */
export function BulletinsOfFeed({ id, version }: { id: string; version: unknown }) {
  const list = useResource<BulletinSummary[]>(`/observations/bulletins?limit=100&feed=${encodeURIComponent(id)}`, version);
  return (
    <div class="section">
      <h3>{t.list}{list.data ? ` (${list.data.filter((b) => b.stands).length} / ${list.data.length})` : ''}</h3>
      <Notice resource={list} what={t.list.toLocaleLowerCase()} />
      {list.data?.length === 0 && <p class="muted">{t.none}</p>}
      {list.data && list.data.length > 0 && (
        <ul class="members">{list.data.map((b) => (
          <li key={b.id}>
            <SeverityBadge severity={b.severity} size={16} /> <b>{b.event}</b> <span class="muted">{b.status !== 'Actual' && `${b.status} · `}{b.stands ? t.stands : t.over} · </span><Age time={b.sent} />
            <p dir="auto">{b.headline}</p>
            <p class="muted" dir="auto">{b.authority}{b.area && ` · ${short(b.area)}`}</p>
            {!b.located && b.stands && <p class="fault-text">{t.notLocated}</p>}
            {b.unknownCodes.length > 0 && <p class="fault-text">{t.unknown(b.unknownCodes.join(', '))}</p>}
          </li>
        ))}</ul>
      )}
    </div>
  );
}
