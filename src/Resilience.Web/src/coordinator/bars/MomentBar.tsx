import { presentNow, tick } from '../../shared/chainClock';
import { dayTime } from '../state/format';
import { heldBack } from '../state/layers';
import { backToNow, lookAt, moment } from '../state/moment';
import { words } from '../words';

const t = words.moment;

/** Stands over everything while the screen shows another moment than now, and says which. */
export function MomentBar() {
  void tick.value;
  const m = moment.value;
  if (!m) return null;
  const hours = Math.abs(m.wanted - presentNow()) / 3_600_000;
  const distance = hours < 1 ? t.minutes(Math.round(hours * 60)) : t.hours(hours.toFixed(1));
  return (
    <div class="moment-bar" role="region" aria-label={t.label}>
      <span role="status">
        {m.shown ? <><b>{m.shown.ahead ? t.ahead(dayTime(m.shown.at)) : t.past(dayTime(m.shown.at))}</b> {m.shown.at === m.wanted && (m.shown.ahead ? t.in(distance) : t.ago(distance))}</> : <b>{t.stillNow}</b>}
        {m.shown?.at !== m.wanted && !m.failed && <> {t.loading(dayTime(m.wanted))}</>}
        {m.shown?.empty && m.shown.at === m.wanted && <b> {t.nothingKnown}</b>}
      </span>
      {m.failed && <span role="alert"><b>{t.failed(dayTime(m.wanted))}</b> {m.failed} <button type="button" onClick={() => lookAt(m.wanted)}>{words.notice.retry}</button></span>}
      {heldBack.value > 0 && m.shown && <span>{t.meanwhile(heldBack.value)}</span>}
      <span class="grow" />
      <button type="button" onClick={backToNow}>{t.back}</button>
    </div>
  );
}
