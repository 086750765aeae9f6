import { useState } from 'preact/hooks';
import type { IncidentDetail } from '../../shared/api';
import { path, server } from '../../shared/client';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { SeverityBadge } from '../parts/SeverityBadge';
import { number, percent } from '../state/format';
import { allFeeds, find, incidents } from '../state/layers';
import { useResource } from '../state/resource';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';
import { Head } from './Head';

const t = words.incident;

export function IncidentPanel({ id }: { id: string }) {
  const onMap = find(incidents, id)?.properties;
  const detail = useResource<IncidentDetail>(path`/relief/incidents/${id}`, onMap ? `${onMap.state}${onMap.reports}` : 0);
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const d = detail.data;
  if (!d) return <Notice resource={detail} what={words.map.layer.incidents.toLocaleLowerCase()} />;
  const act = async (verb: 'verify' | 'reject' | 'reopen', body: object, done?: string) => {
    try {
      await server.post(`${path`/relief/incidents/${id}`}/${verb}`, body);
      if (done) toast(done, { undo: () => void act('reopen', {}) });
      setRejecting(false);
      detail.reload();
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <>
      <Head symbol={<SeverityBadge severity={d.severity} size={26} />} title={d.title} exercise={d.exercise} sub={`${t.state[d.state]} · ${t.counts(d.reports, d.origins)}`} />
      <p>{d.place ?? t.noPlace}{d.lon !== null && `, ${t.uncertain(number(d.radiusKm))}`}. <Age time={d.last} /></p>
      <p class="muted">{t.machine}</p>
      <p class="actions">
        {d.state === 'Unverified' && <button type="button" class="primary" onClick={() => act('verify', {}, t.verified)}>{t.verify}</button>}
        {d.state === 'Unverified' && <button type="button" onClick={() => setRejecting(!rejecting)} aria-expanded={rejecting}>{t.reject}</button>}
        {d.state !== 'Unverified' && <button type="button" onClick={() => act('reopen', {})}>{t.reopen}</button>}
      </p>
      {rejecting && (
        <form class="inline-form" onSubmit={(e) => { e.preventDefault(); void act('reject', { reason }, t.rejected); }}>
          <label>{t.rejectReason}<input value={reason} required onInput={(e) => setReason(e.currentTarget.value)} /></label>
          <button type="submit">{t.reject.replace('…', '')}</button>
        </form>
      )}
      <h3>{t.members} ({d.members.length})</h3>
      <ul class="members">
        {d.members.map((m) => (
          <li key={m.id} class={d.state === 'Verified' ? 'verified' : ''}>
            <p dir="auto">{m.text}</p>
            <p class="muted">{words.category[m.category] ?? m.category}, {t.estimated(percent(m.p))} · {allFeeds.value.find((f) => f.id === m.source)?.name ?? m.source} · <Age time={m.time} /></p>
          </li>
        ))}
      </ul>
    </>
  );
}
