import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

/** The two things a person in trouble looks for; 64 px, always in the same place. */
export function AnswerButtons({ alert = null }: { alert?: string | null }) {
  const tail = alert === null ? '' : `/${encodeURIComponent(alert)}`;
  return (
    <div class="answers">
      <a class="button big safe" href={`#/safe${tail}`}><Icon name="tick" /> {words.answer.safe}</a>
      <a class="button big strong" href={`#/help${tail}`}><Icon name="ring" /> {words.answer.help}</a>
    </div>
  );
}
