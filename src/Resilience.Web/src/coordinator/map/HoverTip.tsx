import { ageWords, quantity } from '../state/format';
import { gaugesById } from '../state/gauges';
import { words } from '../words';
import { hover } from './state';

/** One line under the mouse; everything in it is in the list and the detail panel too. */
export function HoverTip() {
  const h = hover.value;
  if (!h) return null;
  const gauge = h.hit.source === 'stations' ? gaugesById.value.get(h.hit.id) : null;
  const text = gauge
    ? [gauge.station.name, gauge.silent ? words.silentState : words.level[gauge.level], gauge.station.value === null ? words.noValue : quantity(gauge.station.value, gauge.station.unit), ageWords(gauge.station.time)].join(' · ')
    : h.hit.name;
  return <div class="hover-tip" aria-hidden="true" style={{ left: `${h.x + 14}px`, top: `${h.y + 14}px` }}>{text}</div>;
}
