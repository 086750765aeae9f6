import { presentNow, tick } from '../../shared/chainClock';
import { realTime } from '../state/format';
import { gauges } from '../state/gauges';
import { isReplay, status } from '../state/session';
import { words } from '../words';

/** The plate over everything while nothing here is real and now: hatch and words, never a hazard colour. */
export function ModeBar() {
  void tick.value;
  if (!isReplay.value || !status.value) return null;
  const recordings = status.value.recordings;
  // One shift on the screen: say the real time. Several: each object says its own.
  const shifts = new Set(gauges.value.map((g) => g.station.shiftSeconds).filter((s) => s !== 0));
  const real = shifts.size === 1 ? realTime(presentNow(), [...shifts][0]!) : '';
  return (
    <div class="mode-bar" role="region" aria-label={words.exercisePlate} title={recordings.map((r) => r.name).join('\n')}>
      <span class="plate">{words.exercisePlate}</span>
      <span class="plate thin">
        {recordings.length ? words.replayBar(recordings.length === 1 ? recordings[0]!.name : words.recordings(recordings.length), real) : status.value.banner}
        {recordings.some((r) => r.synthetic) && ` (${words.synthetic})`}
      </span>
    </div>
  );
}
