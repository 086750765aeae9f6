// 15 and 5 minutes before a claim ends the phone says so, on the lock screen if it was allowed to.
import { effect, signal } from '@preact/signals';
import { now } from '../../shared/phone/clock';
import { reminderDue } from '../pure/claim';
import { words } from '../words';
import { mine } from './tasks';

export const reminding = signal('Notification' in globalThis && Notification.permission === 'granted');

/** Called from a tap only. */
export async function allowReminders(): Promise<void> {
  reminding.value = await Notification.requestPermission() === 'granted';
}

export function startReminders(): void {
  let before = now();
  effect(() => {
    const at = now();
    for (const task of mine.value) {
      const due = task.until === null ? null : reminderDue(Date.parse(task.until), before, at);
      if (due !== null) void remind(task.id, due, task.title);
    }
    before = at;
  });
}

async function remind(id: string, minutes: number, title: string): Promise<void> {
  navigator.vibrate?.([200, 100, 200]);
  if (!reminding.value) return;
  const registration = await navigator.serviceWorker?.getRegistration('/volunteer/');
  await registration?.showNotification(words.task.reminder(minutes), { body: title, tag: `claim-${id}`, icon: '/icons/icon-192.png', requireInteraction: minutes === 5 });
}
