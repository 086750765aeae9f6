import type { DraftText } from '../../shared/api';
import { languageName } from '../state/format';
import { words } from '../words';

/** One language of an alert. `lang` picks the right letter forms and the reading voice. */
export function AlertText({ text, struck = false }: { text: DraftText; struck?: boolean }) {
  if (!text.headline && !text.description && !text.instruction) return <p class="muted">{words.draft.notWritten(languageName(text.language))}</p>;
  return (
    <article class={struck ? 'alert-text struck' : 'alert-text'} lang={text.language} dir="auto">
      <h3>{text.headline}</h3>
      <p>{text.description}</p>
      <p class="instruction">{text.instruction}</p>
    </article>
  );
}
