import type { DraftText } from '../../shared/api';
import { bare } from '../parts/Exercise';
import { words } from '../words';
import { languageName } from '../state/format';
import { cellBroadcastMost, cut, smsLength } from './messageLength';

const t = words.draft;
/** As the server frames what leaves in a drill: the word first and last. */
const exerciseFrame = (text: string, exercise: boolean): string => (exercise && text ? `${words.exercise} – ${bare(text)} – ${words.exercise}` : text);

/** Each channel true to length: what people will have in their hands. */
export function Previews({ texts, exercise, source }: { texts: DraftText[]; exercise: boolean; source: string }) {
  return <>{texts.map((text) => <Language key={text.language} text={text} exercise={exercise} source={source} />)}</>;
}

function Language({ text, exercise, source }: { text: DraftText; exercise: boolean; source: string }) {
  if (!text.headline && !text.description && !text.instruction) return <p class="muted">{t.notWritten(languageName(text.language))}</p>;
  const whole = exerciseFrame([text.headline, text.description, text.instruction].filter(Boolean).map((x) => (exercise ? bare(x) : x)).join(' '), exercise);
  const sms = smsLength(whole);
  const cellMost = cellBroadcastMost(whole);
  return (
    <section class="previews" aria-label={`${t.sections.previews}, ${languageName(text.language)}`}>
      <h3>{languageName(text.language)}</h3>
      <div class={exercise ? 'phone hatched' : 'phone'}>
        <p class="channel">{t.previews.push}</p>
        <p lang={text.language} dir="auto"><b>{cut(exerciseFrame(text.headline, exercise), 40)}</b></p>
        <p lang={text.language} dir="auto">{cut(exerciseFrame(text.instruction || text.description, exercise), 120)}</p>
        <Count used={exerciseFrame(text.headline, exercise).length} most={40} />
      </div>
      <div class={exercise ? 'phone hatched' : 'phone'}>
        <p class="channel">{t.previews.page} · {source}</p>
        <div lang={text.language} dir="auto">
          <h3>{exerciseFrame(text.headline, exercise)}</h3>
          <p>{exerciseFrame(text.description, exercise)}</p>
          <p class="instruction">{exerciseFrame(text.instruction, exercise)}</p>
        </div>
      </div>
      <div class="phone plain-text">
        <p class="channel">{t.previews.sms} · {t.smsParts(sms.used, sms.parts)}</p>
        <p lang={text.language} dir="auto">{whole}</p>
      </div>
      <p class={sms.used > cellMost ? 'fault-text' : 'muted'}>{t.previews.cell}: {t.ofChars(sms.used, cellMost)}{sms.used > cellMost && ` – ${t.tooLong}`}</p>
    </section>
  );
}

const Count = ({ used, most }: { used: number; most: number }) => <p class="muted">{t.ofChars(used, most)}{used > most && ` – ${t.tooLong}`}</p>;
