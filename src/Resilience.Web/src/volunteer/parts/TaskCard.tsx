import { ageText, clockText } from '../../shared/phone/age';
import { now } from '../../shared/phone/clock';
import { bearing, compassPoint, distanceText } from '../../shared/phone/position';
import { SeverityBadge } from '../../shared/phone/SeverityBadge';
import { severityClass } from '../../shared/severity';
import { distanceTo, type PlacedTask } from '../pure/taskList';
import { here } from '../state/here';
import { mine } from '../state/tasks';
import { words } from '../words';
import { ClaimRing } from './ClaimRing';
import { Direction } from './Direction';
import { PendingMark } from './PendingMark';
import { WarningStripe } from './WarningStripe';

/** One task in the list: the verb first, then where, how urgent and how old. */
export function TaskCard({ task }: { task: PlacedTask }) {
  const held = mine.value.some(t => t.id === task.id);
  const at = here.value;
  const km = distanceTo(task, at);
  const degrees = at !== null && task.lon !== null && task.lat !== null ? bearing(at, { lon: task.lon, lat: task.lat }) : null;
  return (
    <li class={`card ${severityClass(task.severity)} ${task.exercise ? 'hatch-frame' : ''}`}>
      {task.exercise && <div class="hatch-bar"><span class="plate">{words.exercisePlate}</span></div>}
      {task.warning !== null && <WarningStripe text={task.warning} />}
      <a class="card-link task-link" href={`#/task/${encodeURIComponent(task.id)}`}>
        <span class="task-title">{task.exercise && `${words.exercise} – `}{task.title}</span>
        <span class="facts">
          <span class="place">{degrees !== null && <Direction degrees={degrees} />} {task.place}{km !== null && degrees !== null && `, ${words.list.away(distanceText(km), compassPoint(degrees))}`}</span>
          <span class="urgency"><SeverityBadge severity={task.severity} size={22} /> {words.severity[task.severity]}</span>
          {task.skill !== '' && <span>{words.skills[task.skill] ?? task.skill}</span>}
          <span class="muted">{words.list.asked(ageText(now() - Date.parse(task.created), words.age))}</span>
          {!held && task.state === 'Claimed' && <span>{task.claimedBy === null ? words.task.takenBare : task.until === null ? words.list.by(task.claimedBy) : words.task.taken(task.claimedBy, clockText(Date.parse(task.until)))}</span>}
        </span>
        {held && <ClaimRing task={task} />}
        <PendingMark task={task.id} />
      </a>
    </li>
  );
}
