import { render } from 'preact';
import { applyLanguage } from '../shared/words';
import './citizen.css';
import { App } from './App';
import { startRouting } from '../shared/phone/route';
import { startAnswers } from './state/answers';
import { askStatus, startClock } from '../shared/phone/clock';
import { startNotices } from './state/notices';
import { loadPlaces } from './state/places';
import { store } from './state/store';
import { startWatching } from './state/watch';
import { language } from './words';

async function start(): Promise<void> {
  applyLanguage(language);
  startRouting();
  // What is kept is shown first; asking the server comes after, so that an old phone with weak signal reads at once.
  await Promise.all([loadPlaces(), startClock(store)]);
  render(<App />, document.getElementById('app') as HTMLElement);
  startWatching();
  void askStatus();
  void startAnswers();
  if ('serviceWorker' in navigator && import.meta.env.PROD)
    await navigator.serviceWorker.register('/citizen/worker.js', { scope: '/citizen/' }).catch(() => undefined);
  await startNotices();
}

void start();
