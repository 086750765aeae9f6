import { useState } from 'preact/hooks';
import { Filters } from '../parts/Filters';
import { LinkLine } from '../parts/LinkLine';
import { TaskCard } from '../parts/TaskCard';
import { clockText } from '../../shared/phone/age';
import { groupTasks, noFilter, passes, sortTasks, type PlacedTask } from '../pure/taskList';
import { actions } from '../state/actions';
import { here } from '../state/here';
import { person, signedOut } from '../state/person';
import { heardAt, link, tasks } from '../state/tasks';
import { words } from '../words';

/** Mine first, then what is open, then what others have. */
export function TasksScreen() {
  const [filter, setFilter] = useState(noFilter);
  const all = [...tasks.value.values()];
  const grouped = groupTasks(sortTasks(all, here.value), person.value?.id ?? null);
  const open = grouped.open.filter(t => passes(t, filter));
  const taken = grouped.taken.filter(t => passes(t, filter));
  const waiting = actions.value.filter(a => a.state !== 'Confirmed').length;
  return (
    <div class="page">
      <header class="list-head">
        <div class="list-title"><h1>{here.value === null ? words.list.titleNoPlace : words.list.title}</h1><p class="muted">{person.value?.name}</p></div>
        <LinkLine />
        {signedOut.value && <a class="button" href="#/join">{words.join.needsSignal}</a>}
        {waiting > 0 && <a class="button" href="#/queue">{words.queue.title}: {waiting}</a>}
      </header>
      <main class="list-body">
        {grouped.mine.length > 0 && <Group id="mine" title={words.list.mine} tasks={grouped.mine} />}
        <Filters all={[...grouped.open, ...grouped.taken]} filter={filter} onChange={setFilter} />
        <Group id="open" title={words.list.open} tasks={open}>
          {open.length === 0 && <Nothing hidden={grouped.open.length - open.length} onClear={() => setFilter(noFilter)} />}
        </Group>
        {taken.length > 0 && <Group id="taken" title={words.list.taken} tasks={taken} />}
      </main>
    </div>
  );
}

function Group({ id, title, tasks: shown, children }: { id: string; title: string; tasks: readonly PlacedTask[]; children?: preact.ComponentChildren }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}{shown.length > 0 && <span class="count"> {shown.length}</span>}</h2>
      {shown.length > 0 && <ul class="cards">{shown.map(t => <TaskCard key={t.id} task={t} />)}</ul>}
      {children}
    </section>
  );
}

/** "None" is said only when the server said so. */
function Nothing({ hidden, onClear }: { hidden: number; onClear: () => void }) {
  if (hidden > 0) return <div class="quiet-box"><p>{words.list.noneFiltered(hidden)}</p><button type="button" class="button" onClick={onClear}>{words.list.clear}</button></div>;
  if (heardAt.value === null) return <div class="quiet-box"><p>{link.value === 'lost' ? words.list.unknown : words.list.loading}</p></div>;
  const clock = clockText(heardAt.value);
  return <div class="quiet-box"><p>{link.value === 'lost' ? words.list.savedNone(clock) : words.list.none(clock)}</p></div>;
}
