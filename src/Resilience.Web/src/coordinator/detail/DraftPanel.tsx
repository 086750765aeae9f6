import type { Draft } from '../../shared/api';
import { path } from '../../shared/client';
import { AlertText } from '../parts/AlertText';
import { Notice } from '../parts/Notice';
import { SeverityBadge } from '../parts/SeverityBadge';
import { roughPeople, timeOrDay } from '../state/format';
import { drafts, find } from '../state/layers';
import { useResource } from '../state/resource';
import { show } from '../state/selection';
import { isCoordinator, person } from '../state/session';
import { words } from '../words';
import { evidenceIds } from '../drafting/evidence';
import { takeOver } from '../drafting/takeOver';
import { EvidenceChain } from './EvidenceChain';
import { Facts, Head } from './Head';

const t = words.draft;

export function DraftPanel({ id }: { id: string }) {
  const onLayer = find(drafts, id)?.properties;
  const draft = useResource<Draft>(isCoordinator.value ? path`/warnings/drafts/${id}` : null, `${onLayer?.version}${onLayer?.state}`);
  const d = draft.data;
  if (!isCoordinator.value) return <p class="empty">{t.notSignedIn}</p>;
  if (!d) return <Notice resource={draft} what={words.tabs.drafts.toLocaleLowerCase()} />;
  const own = d.authorId !== null && d.authorId === person.value?.id;
  const editable = d.state === 'Draft' || d.state === 'Returned';
  return (
    <>
      <Head symbol={<SeverityBadge severity={d.severity} size={26} />} title={d.texts[0]?.headline || d.event} exercise={d.status !== 'Actual'} sub={`${t.state[d.state]} · ${d.authorId ? words.evidence.by(d.author) : words.evidence.machine}`} />
      {d.reason && <p class="notice">{t.reasonBack}: {d.reason}</p>}
      <p class="big"><b>{words.detail.people(roughPeople(d.people))}</b></p>
      <p class="actions">
        {editable && <button type="button" class="primary" onClick={() => (d.authorId ? show({ name: 'edit', draft: id }) : void takeOver(d))}>{d.authorId ? t.edit : t.takeOver}</button>}
        {d.state === 'Submitted' && <button type="button" class="primary" onClick={() => show({ name: 'approve', draft: id })}>{own ? t.open : `${words.approve.title}…`}</button>}
      </p>
      <Facts facts={[[words.alert.area, d.areaDesc], [words.alert.valid, `${timeOrDay(d.onset ?? d.createdAt)} – ${timeOrDay(d.expires)}`], [t.urgency, t.urgencies[d.urgency]], [t.severity, t.severities[d.severity]], [t.certainty, t.certainties[d.certainty]]]} />
      {d.texts.map((text) => <AlertText key={text.language} text={text} />)}
      <EvidenceChain zoneId={d.zone} assessmentId={evidenceIds(d.evidence).assessment} draft={d} />
    </>
  );
}
