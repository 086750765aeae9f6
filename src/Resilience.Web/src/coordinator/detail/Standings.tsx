import type { ThresholdSet } from '../../shared/api';
import { words } from '../words';
import { standingLines } from './standing';

/** Whether anybody knows how good a gauge's thresholds are, for each hazard it is judged for. */
export function Standings({ sets }: { sets: ThresholdSet[] }) {
  return (
    <ul class="standings">{sets.map((set) => (
      <li key={`${set.datastream} ${set.concern}`}>
        {sets.length > 1 && <>{words.hazard[set.concern]}: </>}<b class={set.standing === 'Verified' ? '' : 'fault-text'}>{words.thresholds.standing[set.standing]}.</b> {standingLines(set).map((line) => <span key={line}>{line} </span>)}
      </li>
    ))}</ul>
  );
}
