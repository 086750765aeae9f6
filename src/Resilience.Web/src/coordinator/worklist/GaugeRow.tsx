import { Age } from '../parts/Age';
import { Cup } from '../parts/Cup';
import { ageShort, qualityWords, quantity, trendArrow } from '../state/format';
import { levelAndValue, type Gauge } from '../state/gauges';
import { severityOfLevel } from '../../shared/severity';
import { words } from '../words';
import { Row } from './Row';

export function GaugeRow({ gauge }: { gauge: Gauge }) {
  const s = gauge.station;
  return (
    <Row of={{ kind: 'station', id: gauge.id }} severity={severityOfLevel[gauge.level]} exercise={s.exercise} fault={gauge.silent}
      symbol={<Cup level={gauge.level} silent={gauge.silent} judged={gauge.judged} />} title={s.name}>
      <GaugeLine gauge={gauge} />
    </Row>
  );
}

/** Level, value, trend and age; for a silent gauge how long and what it last said, never "normal". */
export function GaugeLine({ gauge }: { gauge: Gauge }) {
  const s = gauge.station;
  const value = s.value === null ? words.noValue : quantity(s.value, s.unit);
  return (
    <>
      {s.time === null ? <span class="fault-text">{words.noValue}</span> : gauge.silent
        ? <span class="fault-text">{words.silentFor(ageShort(s.time), s.value === null ? '' : `${value}${gauge.level === 'None' ? '' : `, ${words.level[gauge.level]}`}`)}</span>
        : <><b class={gauge.age === 'stale' ? 'num struck' : 'num'}>{levelAndValue(gauge) || `${value} ${trendArrow(s.trendPerHour)}`}</b> <Age time={s.time} everySeconds={s.expectedEverySeconds} />{!gauge.judged && <span class="fault-text"> {words.notJudged.toLocaleLowerCase()}</span>}</>}
      {qualityWords(s.quality) && <span class="fault-text"> {qualityWords(s.quality)}</span>}
    </>
  );
}
