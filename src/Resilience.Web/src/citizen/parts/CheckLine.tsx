import { ageText, clockText, freshness } from '../../shared/phone/age';
import { tick, drift } from '../../shared/phone/clock';
import { check, checkNow, watch } from '../state/watch';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

/** "Checked 14:32 (2 min)". Not a live region: an age that ticks is not news. */
export function CheckLine() {
  const kept = watch.value;
  const minutesOff = drift();
  return (
    <div class="check">
      <p>{kept === null ? (check.value === 'failed' ? '' : words.now.checking) : line(kept.checked, Math.max(0, tick.value - kept.heard))}</p>
      <button type="button" class="quiet icon-button" onClick={() => void checkNow()} disabled={check.value === 'checking'} aria-label={words.now.refresh}>
        <Icon name="refresh" />
      </button>
      {minutesOff !== 0 && <p class="drift">{words.now.drift(minutesOff)}</p>}
    </div>
  );
}

function line(checked: number, age: number) {
  const ageWords = ageText(age, words.age);
  return freshness(age) === 'Fresh'
    ? words.now.checked(clockText(checked), ageWords)
    : <strong>{words.now.checkedOld(clockText(checked), ageWords)}</strong>;
}
