import { useState } from 'preact/hooks';
import { clockText } from '../../shared/phone/age';
import { heardNothing } from '../../shared/phone/ask';
import { hindrance, MOST_EXTENSIONS } from '../pure/claim';
import type { PlacedTask } from '../pure/taskList';
import { act, actions, claims, extend, pendingFor } from '../state/actions';
import { allowReminders, reminding } from '../state/reminders';
import { mine } from '../state/tasks';
import { words } from '../words';
import { GiveBack } from './GiveBack';
import { ReportDone } from './ReportDone';

/** Take it; or, once it is mine: extend, give back, done. What cannot be done says why. */
export function TaskActions({ task, held }: { task: PlacedTask; held: boolean }) {
  const [form, setForm] = useState<'none' | 'back' | 'done'>('none');
  const pending = pendingFor(task.id);
  // A claim that was asked for counts against the two, or a phone without signal could ask for ten.
  const askedFor = actions.value.filter(a => a.body.verb === 'claim' && (a.state === 'Saved' || a.state === 'Sending')).length;
  if (pending !== undefined && pending.state !== 'NeedsYou') return null;
  if (form === 'back') return <GiveBack onCancel={() => setForm('none')} onChosen={reason => { setForm('none'); void act('release', task, { reason }); }} />;
  if (form === 'done') return <ReportDone onCancel={() => setForm('none')} onSend={note => { setForm('none'); void act('done', task, { note }); }} />;
  if (held) return <Held task={task} onBack={() => setForm('back')} onDone={() => setForm('done')} />;
  const why = hindrance(task, mine.value.length + askedFor);
  if (why === 'Ended') return <p>{task.state === 'Done' && task.doneAt !== null ? words.task.isDone(clockText(Date.parse(task.doneAt))) : words.task.isClosed}</p>;
  if (why === 'Taken') return null;
  return (
    <div>
      <button type="button" class="button big strong wide" disabled={why !== null} onClick={() => void act('claim', task)}>{words.task.claim}</button>
      <p class="muted foot-note">{why === 'Warning' ? words.task.blocked : why === 'TooMany' ? words.task.tooMany : words.task.claimHint}</p>
    </div>
  );
}

function Held({ task, onBack, onDone }: { task: PlacedTask; onBack: () => void; onDone: () => void }) {
  const [said, say] = useState('');
  const used = claims.value[task.id]?.extended ?? 0;
  const tryExtend = () => extend(task).then(() => say(''), error => say(heardNothing(error) ? words.task.extendNeedsSignal : (error as Error).message));
  return (
    <div class="stacked">
      <button type="button" class="button big strong" onClick={onDone}>{words.task.done}</button>
      <div class="pair">
        <button type="button" class="button" disabled={used >= MOST_EXTENSIONS} onClick={() => void tryExtend()}>{words.task.extend}</button>
        <button type="button" class="button" onClick={onBack}>{words.task.giveBack}</button>
      </div>
      {used >= MOST_EXTENSIONS && <p class="muted foot-note">{words.task.extendLimit}</p>}
      {said !== '' && <p role="alert">{said}</p>}
      {'Notification' in globalThis && !reminding.value && <button type="button" class="button quiet" onClick={() => void allowReminders()}>{words.task.remind}</button>}
      {reminding.value && <p class="muted foot-note">{words.task.reminding}</p>}
    </div>
  );
}
