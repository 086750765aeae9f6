import type { NearAlert } from '../../shared/api';
import { SeverityBadge } from '../../shared/phone/SeverityBadge';
import { now } from '../../shared/phone/clock';
import { isExercise, withoutFrame, untilText, whereText } from '../alertText';
import { momentText } from '../../shared/phone/age';
import { words } from '../words';

/** One event on the start page: how bad, what, until when, how far. The rest is one tap away. */
export function AlertCard({ alert, past = false }: { alert: NearAlert; past?: boolean }) {
  const exercise = isExercise(alert);
  return (
    <li class={`card ${past ? 'past' : `sev-${alert.severity.toLowerCase()}`} ${exercise ? 'hatch-frame' : ''}`}>
      {exercise && <div class="hatch-bar"><span class="plate">{words.exercisePlate}</span></div>}
      <a class="card-link" href={`#/alert/${encodeURIComponent(alert.id)}`}>
        <span class="band">
          {!past && <SeverityBadge severity={alert.severity} size={30} />}
          <span class="band-text">{exercise && `${words.exercisePrefix} – `}{alert.event}{!past && <> – {lowerFirst(words.severity[alert.severity])}</>}</span>
        </span>
        <span class="card-body">
          <span class="card-headline" lang={alert.text.language} dir="auto">{exercise ? withoutFrame(alert.text.headline) : alert.text.headline}</span>
          <span class="facts">
            <span>{past ? words.now.pastEnded(momentText(Date.parse(alert.expires), now(), words.days, words.locale)) : untilText(alert)}</span>
            {!past && whereText(alert) !== null && <span>{whereText(alert)}</span>}
            {!past && alert.msgType === 'Update' && <span>{words.card.updated}</span>}
          </span>
        </span>
      </a>
    </li>
  );
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
