import { useEffect } from 'preact/hooks';
import { presentNow, tick } from '../../shared/chainClock';
import { dayTime, localTime, ms, realTime } from '../state/format';
import { aheadMs, backToNow, lookAt, minuteMs, moment, play, playing } from '../state/moment';
import { hydrographHours } from '../state/selection';
import { isReplay, status } from '../state/session';
import { words } from '../words';

const t = words.time;
const stepMinutes = 10;

/** Bar E: what time the screen stands for. Left of now lies what was known then, right of it what is expected. */
export function TimeBar() {
  void tick.value;
  const now = presentNow();
  const m = moment.value;
  const back = hydrographHours.value * 60;
  const minutes = m ? Math.round((m.wanted - now) / minuteMs) : 0;
  useEffect(() => (playing.value ? play(stepMinutes * minuteMs) : undefined), [playing.value]);
  const move = (to: number): void => (to === 0 ? backToNow() : lookAt(presentNow() + to * minuteMs));
  return (
    <section class={m ? 'time-bar time-other' : 'time-bar'} aria-label={t.label}>
      <button type="button" class="small" aria-pressed={playing.value} onClick={() => { if (!m) lookAt(now - back * minuteMs); playing.value = !playing.value; }}>{playing.value ? `❚❚ ${t.pause}` : `▶ ${t.play}`}</button>
      <label class="time-slider">
        <span class="visually-hidden">{t.slider}</span>
        <input type="range" min={-back} max={aheadMs / minuteMs} step={stepMinutes} value={Math.max(-back, Math.round(minutes / stepMinutes) * stepMinutes)} aria-valuetext={m ? dayTime(m.wanted) : words.now}
          onInput={(e) => { playing.value = false; move(Number(e.currentTarget.value)); }}
          onKeyDown={(e) => {
            // Home is the earliest moment; End is now, not the end of the forecast.
            if (e.key === 'End') { e.preventDefault(); backToNow(); }
          }} />
        <span class="time-ends" aria-hidden="true"><span>−{t.windows[String(hydrographHours.value)]}</span><b style={{ insetInlineStart: `${(back / (back + aheadMs / minuteMs)) * 100}%` }}>{words.now}</b><span>+{aheadMs / 3_600_000} h</span></span>
      </label>
      <span class="time-shown">{m ? dayTime(m.wanted) : `${words.now} ${localTime(now)}`}</span>
      {m && <button type="button" class="small" onClick={backToNow}>{words.moment.back}</button>}
      {isReplay.value && status.value && (
        <details class="recordings">
          <summary>{words.recordings(status.value.recordings.length)}</summary>
          <ul>{status.value.recordings.map((r) => (
            <li key={r.id}><b>{r.name}</b>{r.synthetic && ` (${words.synthetic})`}<br />{t.real(`${realTime(ms(r.realFrom), 0)} – ${realTime(ms(r.realTo), 0)}`)}<br /><span class="muted">{r.source}. {r.licence}</span></li>
          ))}</ul>
        </details>
      )}
      <label>{t.window} <select value={String(hydrographHours.value)} onChange={(e) => (hydrographHours.value = Number(e.currentTarget.value))}>
        {Object.entries(t.windows).map(([h, name]) => <option key={h} value={h}>{name}</option>)}
      </select></label>
    </section>
  );
}
