import { useEffect, useState } from 'preact/hooks';
import type { NearAlert } from '../../shared/api';
import { pageAddress, sharedText, spokenText } from '../alertText';
import { canSpeak, speak, stopSpeaking } from '../speech';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

/** Listen and Share: for who cannot read it, and for who has not heard of it. */
export function AlertTools({ alert }: { alert: NearAlert }) {
  const [speaking, setSpeaking] = useState(false);
  const [voice, setVoice] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const look = () => setVoice(canSpeak(alert.text.language));
    look();
    // Voices come late in some browsers.
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', look);
    return () => { globalThis.speechSynthesis?.removeEventListener?.('voiceschanged', look); stopSpeaking(); };
  }, [alert.id]);
  const listen = () => {
    if (speaking) { stopSpeaking(); setSpeaking(false); return; }
    setSpeaking(true);
    speak(spokenText(alert), alert.text.language, () => setSpeaking(false));
  };
  const share = async () => {
    const data = { title: alert.text.headline, text: sharedText(alert), url: pageAddress(alert) };
    if (navigator.share !== undefined) { await navigator.share(data).catch(() => undefined); return; }
    await navigator.clipboard.writeText(`${data.text} ${data.url}`).then(() => setCopied(true), () => undefined);
  };
  return (
    <div class="tools">
      <div class="pair">
        <button type="button" class="button" onClick={listen} disabled={!voice} aria-pressed={speaking}>
          <Icon name={speaking ? 'stop' : 'sound'} /> {speaking ? words.alert.stopListening : words.alert.listen}
        </button>
        <button type="button" class="button" onClick={() => void share()}><Icon name="share" /> {words.alert.share}</button>
      </div>
      {!voice && <p class="muted">{words.alert.noVoice}</p>}
      <p class="muted" role="status">{copied && words.alert.shared}</p>
    </div>
  );
}
