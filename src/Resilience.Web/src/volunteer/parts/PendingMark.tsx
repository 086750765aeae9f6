import { pendingFor } from '../state/actions';
import { words } from '../words';
import { ActionState } from './ActionState';

/** What I asked for and have no answer to yet. */
export function PendingMark({ task }: { task: string }) {
  const action = pendingFor(task);
  // A refusal has its own box with the way out.
  if (action === undefined || action.state === 'NeedsYou') return null;
  return (
    <span class="pending">
      <strong>{words.queue[action.body.verb]}:</strong> <ActionState action={action} />
      {action.body.verb === 'claim' && <span class="not-yours">{words.queue.notYours}</span>}
      {action.body.verb === 'done' && <span>{words.queue.doneSafe}</span>}
    </span>
  );
}
