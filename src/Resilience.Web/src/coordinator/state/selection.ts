import { signal } from '@preact/signals';

export type Kind = 'station' | 'zone' | 'alert' | 'incident' | 'post' | 'draft' | 'feed' | 'extent' | 'density';
export interface Selection { kind: Kind; id: string }
export type Tab = 'alarms' | 'incidents' | 'gauges' | 'alerts' | 'drafts' | 'feeds';
/** What stands over the board: writing, approving, setting up a feed (null: a new one) and the rules are screens of their own. */
export type Screen = { name: 'board' } | { name: 'edit'; draft: string } | { name: 'approve'; draft: string } | { name: 'setup'; token: string } | { name: 'feed'; feed: string | null } | { name: 'rules' };
export type PhoneTab = 'list' | 'map' | 'drafts' | 'more';

const kinds: readonly string[] = ['station', 'zone', 'alert', 'incident', 'post', 'draft', 'feed', 'extent', 'density'];

export const selection = signal<Selection | null>(null);
export const tab = signal<Tab>('alarms');
export const phoneTab = signal<PhoneTab>('list');
export const screen = signal<Screen>({ name: 'board' });
export const retracting = signal<string | null>(null);
export const signInOpen = signal(false);
export const helpOpen = signal(false);
export const filter = signal('');
export const hydrographHours = signal(48);
/** Set by a choice in a list: the map brings the place into view if a panel or the edge hides it. */
export const revealOnMap = signal<Selection | null>(null);

export function select(next: Selection | null, from: 'list' | 'map' = 'list'): void {
  selection.value = next;
  if (next && from === 'list') revealOnMap.value = next;
  const hash = next ? `#${next.kind}/${encodeURIComponent(next.id)}` : '';
  if (screen.value.name === 'board') history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
}

export function show(next: Screen): void {
  screen.value = next;
  const hash = next.name === 'edit' || next.name === 'approve' ? `#${next.name}/${encodeURIComponent(next.draft)}`
    : next.name === 'feed' ? (next.feed === null ? '#add-feed' : `#change-feed/${encodeURIComponent(next.feed)}`) : next.name === 'rules' ? '#rules' : selectionHash();
  if (next.name !== 'setup') history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
}

const selectionHash = (): string => (selection.value ? `#${selection.value.kind}/${encodeURIComponent(selection.value.id)}` : '');

/** Opens what the address names: #setup=TOKEN, #approve/ID, #edit/ID, #add-feed, #change-feed/ID, #rules, or #KIND/ID. */
export function openAddress(hash: string): void {
  const setup = /^#setup=(.+)$/.exec(hash);
  if (setup) {
    screen.value = { name: 'setup', token: decodeURIComponent(setup[1]!) };
    // The token is a key: it leaves the address bar and the history at once.
    history.replaceState(null, '', location.pathname);
    return;
  }
  if (hash === '#add-feed') screen.value = { name: 'feed', feed: null };
  if (hash === '#rules') screen.value = { name: 'rules' };
  const [, kind, id] = /^#([\w-]+)\/(.+)$/.exec(hash) ?? [];
  if (!kind || !id) return;
  const name = decodeURIComponent(id);
  if (kind === 'edit' || kind === 'approve') screen.value = { name: kind, draft: name };
  else if (kind === 'change-feed') screen.value = { name: 'feed', feed: name };
  else if (kinds.includes(kind)) {
    selection.value = { kind: kind as Kind, id: name };
    revealOnMap.value = selection.value;
  }
}
