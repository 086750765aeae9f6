import { useEffect, useState } from 'preact/hooks';
import { clockText, momentText } from '../../shared/phone/age';
import { now } from '../../shared/phone/clock';
import { check, checkNow, watch } from '../state/watch';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

const SLOW_AFTER_MS = 4_000;

/** What is said where no card stands. "None" only after a check that succeeded; otherwise that we do not know. */
export function Quiet({ place, count }: { place: string; count: number }) {
  const kept = watch.value;
  const failed = check.value === 'failed';
  if (kept === null) return failed ? <Unknown /> : <Waiting />;
  if (failed) return count > 0 ? null : <div class="quiet-box"><p>{words.now.savedNone(momentText(kept.checked, now(), words.days, words.locale))}</p><Retry /></div>;
  if (count > 0) return <p class="no-other">{words.now.noOther(clockText(kept.checked))}</p>;
  return (
    <div class="quiet-box none">
      <span class="none-tick"><Icon name="tick" size={28} /></span>
      <div>
        <p class="quiet-title">{words.now.none(place)}</p>
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
