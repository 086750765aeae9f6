import { ageText, freshness, momentText } from '../../shared/phone/age';
import { now, tick } from '../../shared/phone/clock';
import { check, watch } from '../state/watch';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

/** Says above everything that what follows is from before; magenta when it is too old to rely on. */
export function ConnectionBar() {
  const kept = watch.value;
  const age = kept === null ? 0 : tick.value - kept.heard;
  if (kept !== null && freshness(age) === 'Untrusted')
    return <div class="bar fault" role="status"><Icon name="clock" /><p>{words.now.untrusted(ageText(age, words.age))}</p></div>;
  if (check.value !== 'failed') return null;
  return (
    <div class="bar" role="status"><Icon name="cloud" />
      <p>{kept === null ? words.now.offlineNever : words.now.offline(momentText(kept.checked, now(), words.days, words.locale))}</p>
    </div>
  );
}
