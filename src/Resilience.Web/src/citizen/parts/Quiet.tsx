import { useEffect, useState } from 'preact/hooks';
import { clockText, momentText } from '../../shared/phone/age';
import { now } from '../../shared/phone/clock';
import type { NearAlert } from '../../shared/api';
import { isExercise } from '../alertText';
import { justEnded } from '../pure/near';
import { check, checkNow, watch } from '../state/watch';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

const SLOW_AFTER_MS = 4_000;

/** What is said where no card stands. "None" only after a check that succeeded; otherwise that we do not know. */
export function Quiet({ place, count, past }: { place: string; count: number; past: readonly NearAlert[] }) {
  const kept = watch.value;
  const failed = check.value === 'failed';
  if (kept === null) return failed ? <Unknown /> : <Waiting />;
  if (failed) return count > 0 ? null : <div class="quiet-box"><p>{words.now.savedNone(momentText(kept.checked, now(), words.days, words.locale))}</p><Retry /></div>;
  if (count > 0) return <p class="no-other">{words.now.noOther(clockText(kept.checked))}</p>;
  const ended = justEnded(past, now());
  return (
    <div class="quiet-box none">
      <span class="none-tick"><Icon name="tick" size={28} /></span>
      <div>
        <p class="quiet-title">{words.now.none(place)}</p>
        {ended !== null && <p class="ended"><a href={`#/alert/${encodeURIComponent(ended.id)}`}>{words.now.justEnded(isExercise(ended) ? `${words.exercisePrefix} – ${ended.event}` : ended.event, momentText(Date.parse(ended.expires), now(), words.days, words.locale))}</a></p>}
        <p>{words.now.noneDetail(clockText(kept.checked))}</p>
      </div>
    </div>
  );
}

function Unknown() {
  return <div class="quiet-box"><p class="quiet-title">{words.now.unknown}</p><p>{words.now.unknownDetail}</p><Retry /></div>;
}

const Retry = () => <button type="button" class="button" onClick={() => void checkNow()}><Icon name="refresh" /> {words.retry}</button>;

function Waiting() {
  const [slow, setSlow] = useState(false);
  useEffect(() => { const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS); return () => clearTimeout(timer); }, []);
  return <div class="skeleton" aria-busy="true"><span /><span /><span />{slow && <p>{words.now.slow}</p>}</div>;
}
