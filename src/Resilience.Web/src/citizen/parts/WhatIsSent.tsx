import type { Answer } from '../../shared/api';
import { words } from '../words';

/** Exactly what leaves the phone, and who gets it, before it leaves. */
export function WhatIsSent({ body, site }: { body: Omit<Answer, 'key'>; site: string }) {
  return (
    <section class="what-is-sent" aria-labelledby="what-is-sent">
      <ul>
        <li id="what-is-sent" class="muted">{words.answer.whatIsSent}</li>
        <li>{body.kind === 'Safe' ? words.answer.safe : body.need !== null && words.answer.needs[body.need]}</li>
        <li>{whereSent(body)}</li>
        {body.text !== '' && <li dir="auto">“{body.text}”</li>}
      </ul>
      <p>{body.kind === 'Safe' ? words.answer.toWhomSafe(site) : words.answer.toWhom(site)}</p>
    </section>
  );
}

/** Written with the digits that are sent: two are about 1 km, five about 1 m. */
export function whereSent(body: Pick<Answer, 'lon' | 'lat' | 'placeName'>): string {
  const digits = (degrees: number) => degrees.toFixed(Number.isInteger(Math.round(degrees * 1e6) / 1e4) ? 2 : 5);
  const position = `${digits(body.lat)}, ${digits(body.lon)}`;
  return body.placeName === '' ? words.answer.whereAt(position) : words.answer.wherePlace(body.placeName, position);
}
