import { ageText, clockText } from '../../shared/phone/age';
import { now } from '../../shared/phone/clock';
import { claimTime } from '../pure/claim';
import type { PlacedTask } from '../pure/taskList';
import { claims } from '../state/actions';
import { words } from '../words';

const AROUND = 2 * Math.PI * 20;
/** When this phone did not see the claim begin, the ring takes the usual length. */
const USUAL_MS = 2 * 3_600_000;

/** "Yours until 16:30" with what is left of it. The words say it all; the ring only lets it be seen from afar. */
export function ClaimRing({ task }: { task: PlacedTask }) {
  if (task.until === null) return null;
  const until = Date.parse(task.until);
  const since = claims.value[task.id]?.since;
  const time = claimTime(until, now(), since === undefined ? USUAL_MS : until - since);
  const over = time.phase === 'Grace' || time.phase === 'Over';
  return (
    <span class={`claim claim-${time.phase.toLowerCase()}`}>
      <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
        <circle cx="24" cy="24" r="20" class="track" />
        <circle cx="24" cy="24" r="20" class="left" stroke-dasharray={`${AROUND * time.fraction} ${AROUND}`} transform="rotate(-90 24 24)" />
      </svg>
      <span>
        <strong>{words.task.yoursUntil(clockText(until))}</strong>
        <span>{over ? (time.phase === 'Grace' ? words.task.grace : words.task.over) : words.task.left(ageText(time.leftMs, words.age))}</span>
        {(time.phase === 'Soon' || time.phase === 'Last') && <span>{words.task.soon}</span>}
      </span>
    </span>
  );
}
