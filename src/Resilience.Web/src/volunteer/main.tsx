import { render } from 'preact';
import './volunteer.css';
import { askStatus, startClock } from '../shared/phone/clock';
import { startRouting } from '../shared/phone/route';
import { applyLanguage } from '../shared/words';
import { App } from './App';
import { startActions } from './state/actions';
import { loadHere } from './state/here';
import { askPerson, loadPerson, person } from './state/person';
import { startReminders } from './state/reminders';
import { store } from './state/store';
import { loadTasks, startTasks } from './state/tasks';
import { language } from './words';

async function start(): Promise<void> {
  applyLanguage(language);
  startRouting();
  await Promise.all([loadPerson(), loadHere(), loadTasks(), startClock(store)]);
  render(<App />, document.getElementById('app') as HTMLElement);
  await startActions();
  startReminders();
  void askStatus();
  void askPerson();
  // The layer is for people who joined: it starts with the first of them, now or after the form.
  const stop = person.subscribe(joined => { if (joined !== null) { queueMicrotask(() => stop()); void startTasks(); } });
  if ('serviceWorker' in navigator && import.meta.env.PROD)
    await navigator.serviceWorker.register('/volunteer/worker.js', { scope: '/volunteer/' }).catch(() => undefined);
}

void start();
