import { useState } from 'preact/hooks';
import { words } from '../words';

export function ReportDone({ onSend, onCancel }: { onSend: (note: string) => void; onCancel: () => void }) {
  const [note, setNote] = useState('');
  return (
    <div class="stacked">
      <label class="stack" for="done-note">{words.task.doneTitle}
        <small class="muted" id="done-hint">{words.task.doneHint}</small>
        <textarea id="done-note" rows={3} maxLength={1000} aria-describedby="done-hint" value={note} onInput={e => setNote(e.currentTarget.value)} />
      </label>
      <button type="button" class="button big strong" onClick={() => onSend(note.trim())}>{words.task.sendDone}</button>
      <button type="button" class="button quiet" onClick={onCancel}>{words.cancel}</button>
    </div>
  );
}
