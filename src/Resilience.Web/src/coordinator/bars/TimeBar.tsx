import { chainNow, tick } from '../../shared/chainClock';
import { localTime, ms, realTime } from '../state/format';
import { hydrographHours } from '../state/selection';
import { isReplay, status } from '../state/session';
import { words } from '../words';

/** Bar E: what time the screen stands for. The map has only now; the window is the hydrographs'. */
export function TimeBar() {
  void tick.value;
  return (
    <section class="time-bar" aria-label={words.time.label}>
      <b>{words.time.label}</b>
      <span>{words.now} {localTime(chainNow())}</span>
      <span class="muted">{words.time.nowOnly}</span>
      <span class="grow" />
      {isReplay.value && status.value && (
        <details class="recordings">
          <summary>{words.recordings(status.value.recordings.length)}</summary>
          <ul>{status.value.recordings.map((r) => (
            <li key={r.id}><b>{r.name}</b>{r.synthetic && ` (${words.synthetic})`}<br />{words.time.real(`${realTime(ms(r.realFrom), 0)} – ${realTime(ms(r.realTo), 0)}`)}<br /><span class="muted">{r.source}. {r.licence}</span></li>
          ))}</ul>
        </details>
      )}
      <label>{words.time.window} <select value={String(hydrographHours.value)} onChange={(e) => (hydrographHours.value = Number(e.currentTarget.value))}>
        {Object.entries(words.time.windows).map(([h, name]) => <option key={h} value={h}>{name}</option>)}
      </select></label>
    </section>
  );
}
