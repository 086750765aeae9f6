import type { Step } from '../pure/doNow';
import { Pictogram } from '../pictograms/Pictogram';

/** What to do, numbered, one picture each. */
export function Steps({ steps, lang }: { steps: readonly Step[]; lang: string }) {
  return (
    <ol class="steps" lang={lang}>
      {steps.map(step => (
        <li key={step.text}><Pictogram name={step.picture} dont={step.dont} /><span dir="auto">{step.text}</span></li>
      ))}
    </ol>
  );
}
