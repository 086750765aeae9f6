import { send } from '../../shared/phone/ask';
import { Outbox } from '../../shared/phone/outbox';
import { keys, store } from '../state/store';

/** Runs when the signal is back, even with the page closed. Failing makes the browser try again later. */
export async function sendWaitingAnswers(): Promise<void> {
  const outbox = new Outbox(store, keys.answer, (path, body) => send('POST', path, body), () => Date.now());
  await outbox.hurry();
  if ((await outbox.list()).some(p => p.state === 'Saved')) throw new Error('still waiting for signal');
}
