import { useState } from 'preact/hooks';
import { path, server } from '../../shared/client';
import { Dialog } from '../parts/Dialog';
import { connected } from '../state/session';
import { toast, toastProblem } from '../state/toasts';
import { words } from '../words';

const t = words.setAside;

/** Ends what a broken or removed gauge raised: nothing else would, because silence never clears. */
export function SetAside({ station, assessment, name }: { station: string; assessment: string; name: string }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await server.post(`${path`/hazards/stations/${station}`}/set-aside`, { assessment, reason });
      toast(t.done);
      setOpen(false);
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p><button type="button" onClick={() => setOpen(true)}>{t.open}</button></p>
      {open && (
        <Dialog title={t.title(name)} onClose={() => setOpen(false)}>
          <p>{t.lead}</p>
          <label class="block">{t.reason}<input value={reason} maxLength={300} required onInput={(e) => setReason(e.currentTarget.value)} /></label>
          <p><button type="button" class="primary" disabled={busy || reason.trim().length < 3 || !connected.value} onClick={() => void send()}>{t.send}</button></p>
          {!connected.value && <p class="fault-text">{words.connection.disabled}</p>}
        </Dialog>
      )}
    </>
  );
}
