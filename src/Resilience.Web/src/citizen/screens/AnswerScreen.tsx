import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api';
import { Icon } from '../../shared/phone/Icon';
import { Page } from '../parts/Page';
import { SentAnswer } from '../parts/SentAnswer';
import { WhatIsSent } from '../parts/WhatIsSent';
import { whereIAm, type Position } from '../../shared/phone/position';
import { answer, answers } from '../state/answers';
import { activePlace, publicName } from '../state/places';
import { inReplay, status } from '../../shared/phone/clock';
import { words } from '../words';

const needs = ['Trapped', 'Medical', 'Water', 'Food', 'Shelter', 'Other'] as const;

/** "I am safe" or "Need help": one choice, what is sent shown word for word, one button. */
export function AnswerScreen({ kind, alert }: { kind: Answer['kind']; alert: string | null }) {
  const place = activePlace.value;
  const [need, setNeed] = useState<Answer['need']>(null);
  const [text, setText] = useState('');
  const [precise, setPrecise] = useState<Position | null>(null);
  const [asking, setAsking] = useState<'no' | 'looking' | 'refused'>('no');
  const [sentKey, setSentKey] = useState<string | null>(null);
  const help = kind === 'NeedHelp';
  const title = help ? words.answer.helpTitle : words.answer.safeTitle;
  const sent = answers.value.find(p => p.key === sentKey);
  if (sent !== undefined) return <Page title={help ? words.answer.help : words.answer.safe}><SentAnswer parcel={sent} /></Page>;

  const at = precise ?? place;
  const body: Omit<Answer, 'key'> | null = at === null || (help && need === null) ? null
    : { kind, need: help ? need : null, lon: at.lon, lat: at.lat, placeName: publicName(place), text: text.trim(), alert };
  const addPosition = async () => {
    setAsking('looking');
    try { setPrecise(await whereIAm()); setAsking('no'); } catch { setAsking('refused'); }
  };
  return (
    <Page title={title} foot={<>
      {body !== null && <WhatIsSent body={body} site={status.value?.site ?? ''} />}
      <button type="button" class="button big strong" disabled={body === null} onClick={() => { if (body !== null) void answer(body).then(setSentKey); }}>
        <Icon name={help ? 'ring' : 'tick'} /> {help ? words.answer.sendHelp : words.answer.sendSafe}
      </button></>}>
      {inReplay() && <p class="practice">{words.answer.practice}</p>}
      {help && <p class="lead">{words.answer.helpLead} <a class="tel" href="tel:112">{words.answer.call}</a></p>}
      {help && (
        <fieldset class="needs">
          <legend class="visually-hidden">{words.answer.helpTitle}</legend>
          {needs.map(n => (
            <label key={n} class="need">
              <input type="radio" name="need" value={n} checked={need === n} onChange={() => setNeed(n)} />
              <span>{words.answer.needs[n]}<small>{words.answer.needsHint[n]}</small></span>
            </label>
          ))}
        </fieldset>
      )}
      <label class="stack" for="note">{words.answer.note}
        <small class="muted" id="note-hint">{words.answer.noteHint}</small>
        <textarea id="note" rows={2} maxLength={400} aria-describedby="note-hint" value={text} onInput={e => setText(e.currentTarget.value)} />
      </label>
      {precise === null && (
        <button type="button" class="button" disabled={asking === 'looking'} onClick={() => void addPosition()}>
          <Icon name="here" /> {asking === 'looking' ? words.place.looking : words.answer.preciseAdd}
        </button>
      )}
      {asking === 'refused' && <p role="alert">{words.answer.preciseRefused}</p>}
    </Page>
  );
}
