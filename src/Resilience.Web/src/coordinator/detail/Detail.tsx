import { useEffect, useRef } from 'preact/hooks';
import { select, selection, type Kind } from '../state/selection';
import { words } from '../words';
import { AlertPanel } from './AlertPanel';
import { DensityPanel } from './DensityPanel';
import { DraftPanel } from './DraftPanel';
import { ExtentPanel } from './ExtentPanel';
import { FeedPanel } from './FeedPanel';
import { past } from '../state/layers';
import { IncidentPanel } from './IncidentPanel';
import { MomentPanel } from './MomentPanel';
import { PostPanel } from './PostPanel';
import { StationPanel } from './StationPanel';
import { ZonePanel } from './ZonePanel';

const panels: Record<Kind, (p: { id: string }) => preact.JSX.Element | null> = {
  station: StationPanel, zone: ZonePanel, alert: AlertPanel, incident: IncidentPanel, post: PostPanel, draft: DraftPanel, feed: FeedPanel, extent: ExtentPanel, density: DensityPanel,
};

/** Panel D: one thing in full, with why we believe it. */
export function Detail() {
  const chosen = selection.value;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => ref.current?.scrollTo({ top: 0 }), [chosen?.kind, chosen?.id]);
  const Panel = chosen ? panels[chosen.kind] : null;
  return (
    <aside class={chosen ? 'detail open' : 'detail'} ref={ref} aria-label={chosen ? undefined : words.detail.none} tabIndex={-1}>
      {chosen && Panel ? (
        <>
          <button type="button" class="plain back" onClick={() => select(null)}><span class="phone-only">‹ {words.back}</span><span class="wide-only">✕ {words.close}</span></button>
          {past.value ? <MomentPanel kind={chosen.kind} id={chosen.id} /> : <Panel key={`${chosen.kind}/${chosen.id}`} id={chosen.id} />}
        </>
      ) : (
        <div class="empty"><h2>{words.detail.none}</h2><p>{words.detail.noneHint}</p></div>
      )}
    </aside>
  );
}
