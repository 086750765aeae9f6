import { Icon } from '../../shared/phone/Icon';
import { words } from '../words';

/** A live alert covers this place: nobody is sent there. */
export function WarningStripe({ text }: { text: string }) {
  return <p class="warning-stripe"><Icon name="noEntry" /> <span><strong>{words.task.doNotEnter}:</strong> {text}</span></p>;
}
