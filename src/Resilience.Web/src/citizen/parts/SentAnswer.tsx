import type { Answer } from '../../shared/api';
import type { Parcel } from '../../shared/phone/outbox';
import { clockText } from '../../shared/phone/age';
import { chainAt } from '../../shared/phone/clock';
import { forgetAnswer, sendAnswersNow } from '../state/answers';
import { words } from '../words';
import { whereSent } from './WhatIsSent';
import { Icon } from '../../shared/phone/Icon';

/** Where one message is. "Received" appears only after the server said so. */
export function SentAnswer({ parcel }: { parcel: Parcel<Answer> }) {
  const { body } = parcel;
  const help = body.kind === 'NeedHelp';
  const open = parcel.state !== 'Confirmed';
  const said = help && body.need !== null ? words.answer.needs[body.need] : words.answer.safe;
  const clock = clockText(chainAt(parcel.savedAt));
  const message = help
    ? words.answer.helpText(said, whereSent(body), body.text)
    : words.answer.tellText(whereSent(body), clock);
  return (
    <section class={`sent sent-${parcel.state.toLowerCase()}`}>
      <p class="sent-what"><strong>{said}</strong> · {whereSent(body)} · {clock}</p>
      <p class="sent-state" role="status"><Icon name={open ? (parcel.state === 'NeedsYou' ? 'close' : 'clock') : 'tick'} /> <span>{stateText(parcel, help)}</span></p>
      <div class="stacked">
        {help && <a class="button big strong" href="tel:112"><Icon name="phone" /> {words.answer.call}</a>}
        {parcel.state === 'Saved' && <button type="button" class="button" onClick={() => void sendAnswersNow()}><Icon name="refresh" /> {words.answer.tryNow}</button>}
        {(open || !help) && <a class="button" href={`sms:?&body=${encodeURIComponent(message)}`}><Icon name="letter" /> {help ? words.answer.sms : words.answer.tell}</a>}
        {(open || !help) && <p class="muted">{words.answer.smsHint}</p>}
        {parcel.state !== 'Sending' && <button type="button" class="button quiet" onClick={() => void forgetAnswer(parcel.key)}>{words.answer.discard}</button>}
      </div>
    </section>
  );
}

function stateText(parcel: Parcel<Answer>, help: boolean): string {
  switch (parcel.state) {
    case 'Saved': return help ? words.answer.waitingHelp : words.answer.waiting;
    case 'Sending': return words.answer.sending;
    case 'Confirmed': return words.answer.received(clockText(chainAt(parcel.confirmedAt ?? parcel.savedAt)));
    case 'NeedsYou': return words.answer.refused(parcel.problem?.text ?? '');
  }
}
