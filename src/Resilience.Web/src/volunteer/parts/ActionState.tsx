import { clockText } from '../../shared/phone/age';
import { chainAt } from '../../shared/phone/clock';
import { Icon, type IconName } from '../../shared/phone/Icon';
import type { Action } from '../state/actions';
import { words } from '../words';

const icons: Record<Action['state'], IconName> = { Saved: 'clock', Sending: 'refresh', Confirmed: 'tick', NeedsYou: 'close' };

/** Saved here, Sending, Confirmed 14:32, Needs you: a sign and the word. */
export function ActionState({ action }: { action: Action }) {
  const text = action.state === 'Confirmed' ? words.queue.Confirmed(clockText(chainAt(action.confirmedAt ?? action.savedAt))) : words.queue[action.state];
  return <span class={`action-state state-${action.state.toLowerCase()}`}><Icon name={icons[action.state]} size={20} /> {text}</span>;
}
