import { words } from '../words';

const pictures = [
  <path d="M30 40 V10 M20 18 L30 8 L40 18 M18 26 H10 V54 H50 V26 H42" />,
  <path d="M10 10 H50 V50 H10 Z M30 20 V40 M20 30 H40" />,
  <><path d="M16 4 H44 V56 H16 Z M27 51 H33" /><path d="M24 14 H36 V26 H24 Z" class="o" /></>,
];

/** iPhone and iPad: three pictures, before anything is said about notices. */
export function HomeScreenGuide() {
  return (
    <section class="box">
      <h2>{words.notices.iosTitle}</h2>
      <p>{words.notices.iosLead}</p>
      <ol class="steps">
        {words.notices.iosSteps.map((text, i) => (
          <li key={text}><svg class="pictogram" viewBox="0 0 60 60" width="56" height="56" aria-hidden="true">{pictures[i]}</svg><span>{text}</span></li>
        ))}
      </ol>
    </section>
  );
}
