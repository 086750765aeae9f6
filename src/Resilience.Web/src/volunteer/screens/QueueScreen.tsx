import { clockText } from '../../shared/phone/age';
import { chainAt } from '../../shared/phone/clock';
import { ActionState } from '../parts/ActionState';
import { TaskPage } from '../parts/TaskPage';
import { actions, dismissAction, sendActionsNow } from '../state/actions';
import { words } from '../words';

/** Everything said on this phone and how far it got. */
export function QueueScreen() {
  const all = [...actions.value].sort((a, b) => b.savedAt - a.savedAt);
  return (
    <TaskPage title={words.queue.title} exercise={false}>
      {all.every(a => a.state === 'Confirmed') && <p>{words.queue.none}</p>}
      {all.some(a => a.state === 'Saved') && <button type="button" class="button wide" onClick={() => void sendActionsNow()}>{words.queue.tryNow}</button>}
      <ul class="queue">
        {all.map(action => (
          <li key={action.key} class="box">
            <p><strong>{words.queue[action.body.verb]}</strong> – <a href={`#/task/${encodeURIComponent(action.body.task)}`}>{action.body.title}</a> <span class="muted">{clockText(chainAt(action.savedAt))}</span></p>
            <p><ActionState action={action} /></p>
            {action.body.verb === 'claim' && action.state === 'Saved' && <p class="not-yours">{words.queue.notYours}</p>}
            {action.problem !== null && <><p>{action.problem.text}</p><button type="button" class="button" onClick={() => void dismissAction(action.key)}>{words.queue.dismiss}</button></>}
          </li>
        ))}
      </ul>
    </TaskPage>
  );
}
