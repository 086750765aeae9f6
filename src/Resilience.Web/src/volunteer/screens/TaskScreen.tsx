import { ageText, clockText } from '../../shared/phone/age';
import { now } from '../../shared/phone/clock';
import { bearing, compassPoint, distanceText } from '../../shared/phone/position';
import { SeverityBadge } from '../../shared/phone/SeverityBadge';
import { severityClass } from '../../shared/severity';
import { ClaimRing } from '../parts/ClaimRing';
import { Conflict } from '../parts/Conflict';
import { PendingMark } from '../parts/PendingMark';
import { TaskPage } from '../parts/TaskPage';
import { TaskActions } from '../parts/TaskActions';
import { TaskMap } from '../parts/TaskMap';
import { WarningStripe } from '../parts/WarningStripe';
import { distanceTo } from '../pure/taskList';
import { here } from '../state/here';
import { mine, tasks } from '../state/tasks';
import { words } from '../words';

/** One task in full, with what can be done about it in reach of the thumb. */
export function TaskScreen({ id }: { id: string }) {
  const task = tasks.value.get(id);
  if (task === undefined) return <TaskPage title={words.task.gone} exercise={false}><p>{words.task.goneDetail}</p></TaskPage>;
  const held = mine.value.some(t => t.id === id);
  const at = here.value;
  const km = distanceTo(task, at);
  const point = at !== null && task.lon !== null && task.lat !== null ? compassPoint(bearing(at, { lon: task.lon, lat: task.lat })) : null;
  return (
    <TaskPage title={`${task.exercise ? `${words.exercise} – ` : ''}${task.title}`} exercise={task.exercise} foot={<TaskActions task={task} held={held} />}>
      {task.exercise && <div class="hatch-bar"><span class="plate">{words.exercisePlate}</span></div>}
      {task.warning !== null && <div class={severityClass('Severe')}><WarningStripe text={task.warning} /></div>}
      <Conflict task={task} />
      {held && <ClaimRing task={task} />}
      <PendingMark task={id} />
      <p class={`urgency ${severityClass(task.severity)}`}><SeverityBadge severity={task.severity} /> <strong>{words.severity[task.severity]}</strong> <span class="muted">{words.list.asked(ageText(now() - Date.parse(task.created), words.age))}</span></p>
      {!held && task.state === 'Claimed' && <p>{task.claimedBy !== null && task.until !== null ? words.task.taken(task.claimedBy, clockText(Date.parse(task.until))) : words.task.takenBare}</p>}
      {task.detail !== '' && <><h2>{words.task.what}</h2><p dir="auto">{task.detail}</p></>}
      <h2>{words.task.where}</h2>
      <p dir="auto">{task.place}{km !== null && point !== null && <strong class="block">{words.list.away(distanceText(km), point)}</strong>}</p>
      {task.skill !== '' && <><h2>{words.task.skill}</h2><p>{words.skills[task.skill] ?? task.skill}</p></>}
      {task.lon !== null && task.lat !== null && <TaskMap at={{ lon: task.lon, lat: task.lat }} name={task.place} />}
    </TaskPage>
  );
}
