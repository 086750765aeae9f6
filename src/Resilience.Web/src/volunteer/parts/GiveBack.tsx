import { words } from '../words';

/** One tap gives the reason and the task back: nobody should keep a task to avoid a form. */
export function GiveBack({ onChosen, onCancel }: { onChosen: (reason: string) => void; onCancel: () => void }) {
  return (
    <div class="stacked" role="group" aria-labelledby="why-back">
      <p id="why-back" class="form-title">{words.task.whyBack}</p>
      {words.task.reasons.map(reason => <button key={reason} type="button" class="button" onClick={() => onChosen(reason)}>{reason}</button>)}
      <button type="button" class="button quiet" onClick={onCancel}>{words.cancel}</button>
    </div>
  );
}
