import { answers } from '../state/answers';
import { noticeState } from '../state/notices';
import { words } from '../words';
import { Icon, type IconName } from '../../shared/phone/Icon';

/** The other pages, as rows with a whole-width target. */
export function MoreLinks() {
  const waiting = answers.value.filter(p => p.state !== 'Confirmed').length;
  return (
    <nav class="rows" aria-label={words.now.more}>
      <Row icon="book" href="#/advice" text={words.advice.title} />
      <Row icon="bell" href="#/notices" text={words.notices.title} note={noticeState.value === 'On' ? words.notices.on : undefined} />
      {answers.value.length > 0 && <Row icon="letter" href="#/sent" text={words.answer.sentTitle} note={waiting > 0 ? words.answer.waiting : undefined} />}
    </nav>
  );
}

function Row({ icon, href, text, note }: { icon: IconName; href: string; text: string; note?: string | undefined }) {
  return (
    <a class="row" href={href}>
      <Icon name={icon} />
      <span class="row-text">{text}{note !== undefined && <small>{note}</small>}</span>
      <Icon name="next" />
    </a>
  );
}
