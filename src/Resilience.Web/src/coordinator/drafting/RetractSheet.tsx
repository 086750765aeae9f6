import { useState } from 'preact/hooks';
import type { Alert } from '../../shared/api';
import { path, server } from '../../shared/client';
import { AlertText } from '../parts/AlertText';
import { Dialog } from '../parts/Dialog';
import { bare, ExercisePlate } from '../parts/Exercise';
import { Notice } from '../parts/Notice';
import { alerts, find } from '../state/layers';
import { useResource } from '../state/resource';
import { retracting } from '../state/selection';
import { connected } from '../state/session';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';

const t = words.retract;
type Reason = keyof typeof t.reasons;

/** The second of two taps. The Cancel stands ready as the server composed it; nobody has to write while it matters. */
export function RetractSheet({ id }: { id: string }) {
  const [reason, setReason] = useState<Reason>('SentInError');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const ready = useResource<Alert>(`${path`/warnings/alerts/${id}`}/cancel?reason=${reason}`);
  const alert = find(alerts, id)?.properties;
  const exercise = alert !== undefined && alert.status !== 'Actual';
  const close = () => (retracting.value = null);
  const send = async () => {
    setBusy(true);
    try {
      await server.post(`${path`/warnings/alerts/${id}`}/cancel`, { reason, note });
      toast(exercise ? t.sentExercise : t.sent);
      close();
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t.title} onClose={close} wide>
      {alert && <p><ExercisePlate on={exercise} /><b>{bare(alert.headline)}</b>, {words.ledger.people(alert.people)}</p>}
      <p class="muted">{t.lead}</p>
      <fieldset class="choices"><legend>{t.reason}</legend>
        {(Object.keys(t.reasons) as Reason[]).map((r) => <label key={r}><input type="radio" name="retract-reason" checked={reason === r} onChange={() => setReason(r)} /> {t.reasons[r]}</label>)}
      </fieldset>
      <h3>{t.ready}</h3>
      <div class="ready">{ready.data ? ready.data.texts.map((x) => <AlertText key={x.language} text={x} />) : <Notice resource={ready} what={t.ready.toLocaleLowerCase()} />}</div>
      <label class="block">{t.note}<input value={note} maxLength={1000} onInput={(e) => setNote(e.currentTarget.value)} /></label>
      <button type="button" class={exercise ? 'send send-exercise' : 'send send-live'} disabled={busy || !connected.value} onClick={() => void send()}><span>{exercise ? t.sendExercise : t.send}</span></button>
      {!connected.value && <p class="fault-text">{words.connection.disabled}</p>}
    </Dialog>
  );
}
