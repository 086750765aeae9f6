import type { Answer } from '../../shared/api';
import { words } from '../words';

/** Exactly what leaves the phone, and who gets it, before it leaves. */
export function WhatIsSent({ body, precise, site }: { body: Omit<Answer, 'key'>; precise: boolean; site: string }) {
  return (
    <section class="what-is-sent" aria-labelledby="what-is-sent">
      <ul>
        <li id="what-is-sent" class="muted">{words.answer.whatIsSent}</li>
        <li>{body.kind === 'Safe' ? words.answer.safe : body.need !== null && words.answer.needs[body.need]}</li>
        <li>{words.answer.wherePlace(body.placeName)} ({positionText(body, precise)})</li>
        {body.text !== '' && <li dir="auto">“{body.text}”</li>}
      </ul>
      <p>{body.kind === 'Safe' ? words.answer.toWhomSafe(site) : words.answer.toWhom(site)}</p>
    </section>
  );
}

/** Two digits are about 1 km, five about 1 m: the number of digits is what is given away. */
export const positionText = (at: { lat: number; lon: number }, precise: boolean): string => {
  const digits = precise ? 5 : 2;
  return `${at.lat.toFixed(digits)}, ${at.lon.toFixed(digits)}`;
};
