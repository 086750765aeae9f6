import { ageText, clockText } from '../../shared/phone/age';
import { tick } from '../../shared/phone/clock';
import { Icon } from '../../shared/phone/Icon';
import { heardAt, link, pollTasks } from '../state/tasks';
import { words } from '../words';

/** Whether what is shown is live, checked, or only saved. */
export function LinkLine() {
  const heard = heardAt.value;
  const age = ageText(heard === null ? 0 : tick.value - heard, words.age);
  if (link.value === 'lost')
    return (
      <div class="bar" role="status"><Icon name="cloud" />
        <p>{heard === null ? words.list.unknown : words.list.offline(age)} <button type="button" class="button" onClick={() => void pollTasks()}>{words.retry}</button></p>
      </div>
    );
  return <p class="muted link-line">{link.value === 'live' ? words.list.live : heard === null ? words.list.loading : words.list.checked(clockText(heard), age)}</p>;
}
