import { signal } from '@preact/signals';
import { alarms, markSeen } from './state/alarms';
import { chooser, layersOpen } from './map/state';
import { startDraft } from './drafting/startDraft';
import { list, zones } from './state/layers';
import { backToNow } from './state/moment';
import { helpOpen, phoneTab, screen, select, selection, show } from './state/selection';
import { isCoordinator } from './state/session';

const storeKey = 'resilience.coordinator.keys';
/** WCAG 2.1.4: single-key shortcuts can be switched off. */
export const keysOn = signal(localStorage.getItem(storeKey) !== 'off');
export function setKeys(on: boolean): void {
  keysOn.value = on;
  localStorage.setItem(storeKey, on ? 'on' : 'off');
}

const rows = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>('[data-row]')];

function move(step: 1 | -1): void {
  const all = rows();
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  const selected = all.findIndex((r) => r.getAttribute('aria-current') === 'true');
  const from = at >= 0 ? at : selected;
  all[Math.min(all.length - 1, Math.max(0, from + step))]?.focus();
}

function draftSelected(): void {
  const s = selection.value;
  if (!s || !isCoordinator.value) return;
  if (s.kind === 'zone') void startDraft({ zone: s.id });
  if (s.kind === 'alert') void startDraft({ alert: s.id });
  const zone = s.kind === 'station' ? list(zones).find((z) => z.properties.station === s.id) : null;
  if (zone) void startDraft({ zone: zone.id });
}

/** No key sends, approves or retracts. */
const actions: Record<string, () => void> = {
  '?': () => (helpOpen.value = true),
  '/': () => document.getElementById('search')?.focus(),
  j: () => move(1),
  k: () => move(-1),
  a: () => {
    const s = selection.value;
    const alarm = alarms.value.find((x) => s && x.selection.kind === s.kind && x.selection.id === s.id);
    if (alarm) markSeen(alarm.key);
  },
  m: () => {
    const toMap = !document.activeElement?.closest('.map');
    phoneTab.value = toMap ? 'map' : 'list';
    (toMap ? document.querySelector<HTMLElement>('.map canvas') : rows()[0])?.focus();
  },
  n: backToNow,
  l: () => (layersOpen.value = !layersOpen.value),
  d: draftSelected,
  r: () => show({ name: 'rules' }),
};

export function listenForKeys(): () => void {
  const listen = (e: KeyboardEvent): void => {
    const target = e.target as HTMLElement;
    if (e.ctrlKey || e.metaKey || e.altKey || target.closest('input:not([type=range]), textarea, select, dialog, [contenteditable]') || screen.value.name !== 'board') return;
    if (e.key === 'Escape') {
      const row = selection.value && document.querySelector<HTMLElement>(`[data-row="${CSS.escape(`${selection.value.kind}/${selection.value.id}`)}"]`);
      if (chooser.value) chooser.value = null;
      else select(null);
      (row ?? document.getElementById('work-list'))?.focus();
      return;
    }
    const action = keysOn.value ? actions[e.key] : undefined;
    if (!action) return;
    e.preventDefault();
    action();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}
