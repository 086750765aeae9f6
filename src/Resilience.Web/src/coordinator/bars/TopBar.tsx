import { chainSpeed, presentNow, tick } from '../../shared/chainClock';
import { alarms, alarmsToDo } from '../state/alarms';
import { localTime, utcTime, zoneOffset } from '../state/format';
import { allFeeds, feedsHeard } from '../state/layers';
import { picture } from '../state/picture';
import { helpOpen, phoneTab, show, signInOpen, tab } from '../state/selection';
import { isCoordinator, isReplay, person, session, signOut, status } from '../state/session';
import { setTheme, theme, type Theme } from '../state/theme';
import { toastProblem } from '../state/toasts';
import { words } from '../words';

/** Bar A: is the picture trustworthy, and whose turn is it. */
export function TopBar() {
  void tick.value;
  const now = presentNow();
  const open = (next: typeof tab.value) => { tab.value = next; phoneTab.value = 'list'; };
  const toDo = alarmsToDo.value.length;
  return (
    <header class="top-bar">
      <strong class="site">{status.value?.site ?? words.appName}</strong>
      {status.value && <span class={isReplay.value ? 'mode mode-replay' : 'mode'}>{isReplay.value ? words.mode.replay : words.mode.live}</span>}
      <span class="clock" title={chainSpeed() === 1 ? undefined : words.speed(chainSpeed())}>
        <span class="label">{words.now} </span><b>{localTime(now)}</b> {zoneOffset()} <span class="muted">({utcTime(now)}){chainSpeed() !== 1 && ` ${words.speed(chainSpeed())}`}</span>
      </span>
      <FeedSummary onOpen={() => open('feeds')} />
      <button type="button" class={toDo ? 'alarm-count some' : 'alarm-count'} onClick={() => open('alarms')}>{toDo === 0 && picture.value !== 'whole' ? words.picture[picture.value] : words.alarmsToDo(toDo)}{alarms.value.length > toDo && <span class="muted"> / {alarms.value.length}</span>}</button>
      <span class="grow" />
      {isCoordinator.value && <button type="button" class="plain wide-only" onClick={() => show({ name: 'rules' })}>{words.verified.open}</button>}
      <ThemeSwitch />
      <button type="button" class="plain wide-only" onClick={() => (helpOpen.value = true)} aria-label={words.helpTitle}>?</button>
      {person.value ? (
        <span class="who wide-only"><b>{person.value.name}</b> <button type="button" class="plain" onClick={() => signOut().catch(toastProblem)}>{words.signOut}</button></span>
      ) : (
        session.value && <button type="button" class="primary" onClick={() => (signInOpen.value = true)}>{words.signIn}</button>
      )}
    </header>
  );
}

function FeedSummary({ onOpen }: { onOpen(): void }) {
  const states = allFeeds.value.map((f) => f.state);
  const count = (state: string) => states.filter((s) => s === state).length;
  const late = count('Late');
  const dead = count('Dead');
  const fresh = count('New');
  return (
    <button type="button" class={late || dead ? 'feed-count fault' : 'feed-count'} onClick={onOpen}>
      {words.feeds} {feedsHeard.value ? words.feedCount(count('Ok'), late, dead, fresh, count('Paused')) : words.feedsUnknown}
    </button>
  );
}

export function ThemeSwitch({ className = 'theme-switch wide-only' }: { className?: string }) {
  return (
    <label class={className}>
      <span class="visually-hidden">{words.themeLabel}</span>
      <select value={theme.value} onChange={(e) => setTheme(e.currentTarget.value as Theme)}>
        {(['auto', 'light', 'dark'] as const).map((t) => <option key={t} value={t}>{words.theme[t]}</option>)}
      </select>
    </label>
  );
}
