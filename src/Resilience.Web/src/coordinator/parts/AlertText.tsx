import type { DraftText } from '../../shared/api';

/** One language of an alert. `lang` picks the right letter forms and the reading voice. */
export function AlertText({ text, struck = false }: { text: DraftText; struck?: boolean }) {
  return (
    <article class={struck ? 'alert-text struck' : 'alert-text'} lang={text.language} dir="auto">
      <h3>{text.headline}</h3>
      <p>{text.description}</p>
      <p class="instruction">{text.instruction}</p>
    </article>
  );
}
