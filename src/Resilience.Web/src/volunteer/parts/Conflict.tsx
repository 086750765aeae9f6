import { groupTasks, sortTasks, type PlacedTask } from '../pure/taskList';
import { dismissAction, pendingFor } from '../state/actions';
import { here } from '../state/here';
import { person } from '../state/person';
import { tasks } from '../state/tasks';
import { hindrance } from '../pure/claim';
import { words } from '../words';

/** The server said no: its sentence names who and since when, and the next step is one tap. */
export function Conflict({ task }: { task: PlacedTask }) {
  const action = pendingFor(task.id);
  if (action?.state !== 'NeedsYou') return null;
  const open = groupTasks(sortTasks([...tasks.value.values()], here.value), person.value?.id ?? null).open;
  const next = open.find(t => t.id !== task.id && hindrance(t, 0) === null);
  const close = () => void dismissAction(action.key);
  return (
    <div class="conflict" role="alert">
      <p><strong>{action.problem?.text}</strong></p>
      <div class="pair">
        {next !== undefined && <a class="button strong" href={`#/task/${encodeURIComponent(next.id)}`} onClick={close}>{words.conflict.next}</a>}
        <button type="button" class="button" onClick={close}>{words.conflict.ok}</button>
      </div>
    </div>
  );
}
