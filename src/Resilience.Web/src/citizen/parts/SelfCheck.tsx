import { useEffect, useState } from 'preact/hooks';
import { ageText } from '../../shared/phone/age';
import { tick } from '../../shared/phone/clock';
import { lastNotice, noticeState, subscription } from '../state/notices';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

/** Why a notice might not come, checked point by point on this very phone. */
export function SelfCheck() {
  const [saved, setSaved] = useState(false);
  useEffect(() => { setSaved(navigator.serviceWorker?.controller != null); }, []);
  const last = lastNotice.value;
  const permission = 'Notification' in globalThis ? Notification.permission : 'denied';
  return (
    <section aria-labelledby="self-check">
      <h2 id="self-check">{words.notices.checkTitle}</h2>
      <ul class="checks">
        <Check ok={permission === 'granted'} name={words.notices.checkPermission}
          value={{ granted: words.notices.allowed, default: words.notices.notAsked, denied: words.notices.denied }[permission]} />
        <Check ok={noticeState.value === 'On'} name={words.notices.checkSubscription}
          value={noticeState.value === 'On' ? subscription.value?.placeName ?? words.notices.yesWord : words.notices.noWord} />
        <Check ok={last !== null} name={words.notices.checkLast}
          value={last === null ? words.notices.never : `${last.title} (${ageText(tick.value - last.at, words.age)})`} />
        <Check ok={saved} name={words.notices.checkSaved} value={saved ? words.notices.yesWord : words.notices.noWord} />
        <li><Icon name="clock" /><span><strong>{words.notices.checkBattery}</strong> {words.notices.batteryHint}</span></li>
      </ul>
    </section>
  );
}

function Check({ ok, name, value }: { ok: boolean; name: string; value: string }) {
  return <li class={ok ? 'ok' : 'not-ok'}><Icon name={ok ? 'tick' : 'close'} /><span><strong>{name}</strong> {value}</span></li>;
}
