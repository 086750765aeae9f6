import { useEffect, useRef } from 'preact/hooks';
import { clockText } from '../../shared/phone/age';
import type { Event } from '../pure/changes';
import { events } from '../state/tasks';
import { words } from '../words';
import { WarningStripe } from '../parts/WarningStripe';

/** News about my own task that must not be missed takes the whole screen until it is read. */
export function EventScreen({ event }: { event: Event }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => { button.current?.focus(); }, [event]);
  const closed = event.kind === 'Closed';
  return (
    <div class={closed ? 'page event event-closed' : 'page event'} role="alertdialog" aria-modal="true" aria-labelledby="event-title" aria-describedby="event-detail">
      <main class="page-body">
        <h1 id="event-title">{closed ? words.conflict.closed : event.task.title}</h1>
        {closed && <p class="leave">{words.conflict.leave}</p>}
        {closed && event.task.warning !== null && <div class="sev-extreme"><WarningStripe text={event.task.warning} /></div>}
        <p id="event-detail">{closed ? words.conflict.leaveDetail(event.task.title) : words.conflict.lost(event.until === '' ? '' : clockText(Date.parse(event.until)), event.other)}</p>
        <button ref={button} type="button" class="button big strong wide" onClick={() => { events.value = events.value.slice(1); }}>{words.conflict.ok}</button>
      </main>
    </div>
  );
}
