import { dismiss, toasts } from '../state/toasts';
import { words } from '../words';

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((t) => (
        <div key={t.id} class={`toast toast-${t.tone}`}>
          <span>{t.text}{t.requestId && <small> {words.notice.requestId(t.requestId)}</small>}</span>
          {t.undo && <button type="button" onClick={() => { t.undo!(); dismiss(t.id); }}>{words.undo}</button>}
          <button type="button" class="plain" aria-label={words.close} onClick={() => dismiss(t.id)}>✕</button>
        </div>
      ))}
    </div>
  );
}
