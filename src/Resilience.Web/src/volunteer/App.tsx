import type { JSX } from 'preact';
import { ReplayBar } from '../shared/phone/ReplayBar';
import { route } from '../shared/phone/route';
import { EventScreen } from './screens/EventScreen';
import { JoinScreen } from './screens/JoinScreen';
import { QueueScreen } from './screens/QueueScreen';
import { TaskScreen } from './screens/TaskScreen';
import { TasksScreen } from './screens/TasksScreen';
import { events } from './state/tasks';
import { person, signedOut } from './state/person';
import { words } from './words';

export function App() {
  return <><ReplayBar label={words.replayLabel} />{screen()}</>;
}

function screen(): JSX.Element {
  // "Leave now" comes before whatever was open.
  const news = events.value[0];
  if (news !== undefined) return <EventScreen event={news} />;
  const { page, id } = route.value;
  if (person.value === null || (page === 'join' && signedOut.value)) return <JoinScreen />;
  if (page === 'task' && id !== null) return <TaskScreen key={id} id={id} />;
  if (page === 'queue') return <QueueScreen />;
  return <TasksScreen />;
}
