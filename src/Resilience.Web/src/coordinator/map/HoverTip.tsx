import { ageWords, quantity } from '../state/format';
import { gaugesById, levelAndValue } from '../state/gauges';
import { bare } from '../parts/Exercise';
import { words } from '../words';
import { besidePoint } from './placing';
import { chooser, hover } from './state';

/** One line under the mouse; everything in it is in the list and the detail panel too. */
export function HoverTip() {
  const h = hover.value;
  if (!h || chooser.value) return null;
  const gauge = h.hit.source === 'stations' ? gaugesById.value.get(h.hit.id) : null;
  const text = gauge
    ? [gauge.station.exercise ? `${words.exercise} ${bare(gauge.station.name)}` : gauge.station.name, gauge.station.time === null ? null : gauge.silent ? words.silentState : gauge.judged ? levelAndValue(gauge) || words.level[gauge.level] : words.notJudged, gauge.level !== 'None' && !gauge.silent ? null : gauge.station.value === null ? words.noValue : quantity(gauge.station.value, gauge.station.unit), gauge.station.time && ageWords(gauge.station.time)].filter(Boolean).join(' · ')
    : h.hit.name;
  return <div class="hover-tip" aria-hidden="true" style={besidePoint(h, h.size)}>{text}</div>;
}
