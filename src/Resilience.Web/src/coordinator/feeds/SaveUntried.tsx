import type { FeedTrial } from '../../shared/api';
import { chainNow } from '../../shared/chainClock';
import { Dialog } from '../parts/Dialog';
import { words } from '../words';
import { judge } from './verdict';

const t = words.feedForm.untried;

/** Saving stays possible: a source may be down tonight. But nobody does it without having read this. */
export function SaveUntried({ trial, onTry, onSave, onClose }: { trial: FeedTrial | null; onTry(): void; onSave(): void; onClose(): void }) {
  const verdict = trial && judge(trial, chainNow());
  return (
    <Dialog title={t.title} onClose={onClose}>
      {verdict ? <><p>{t.failed}</p><ul>{[verdict.line, ...verdict.findings.filter((f) => f.tone === 'bad').map((f) => f.text)].map((text) => <li key={text}>{text}</li>)}</ul></> : <p>{t.never}</p>}
      <p class="muted">{t.why}</p>
      <p class="actions"><button type="button" class="primary" onClick={onTry}>{verdict ? words.feedTrial.again : t.tryFirst}</button><button type="button" onClick={onSave}>{t.saveAnyway}</button></p>
    </Dialog>
  );
}
