import { alarmsToDo } from '../state/alarms';
import { gauges } from '../state/gauges';
import { alerts, allFeeds, drafts, feedsHeard, heard, incidents, revisions, stations } from '../state/layers';
import { picture } from '../state/picture';
import { isCoordinator } from '../state/session';
import { filter, phoneTab, tab, type Tab } from '../state/selection';
import { words } from '../words';
import { Account } from './Account';
import { AlarmList, AlertList, DraftList, FeedList, GaugeList, IncidentList } from './lists';

const lists: Record<Tab, () => preact.JSX.Element> = { alarms: AlarmList, incidents: IncidentList, gauges: GaugeList, alerts: AlertList, drafts: DraftList, feeds: FeedList };
const tabs = Object.keys(lists) as Tab[];

/** Panel B: what needs doing, worst first; the home of the keyboard. */
export function WorkList() {
  const List = lists[tab.value];
  // No number where nothing is known: a list that one may not see, or that has not come yet, is not an empty list.
  const sized = (told: boolean, size: number): number | null => (told ? size : null);
  const count: Record<Tab, number | null> = {
    alarms: picture.value === 'whole' || alarmsToDo.value.length > 0 ? alarmsToDo.value.length : null,
    incidents: isCoordinator.value ? sized(heard(incidents), incidents.state.value.features.size) : null, gauges: sized(heard(stations), gauges.value.length),
    alerts: sized(heard(alerts), alerts.state.value.features.size), drafts: isCoordinator.value ? sized(heard(drafts), drafts.state.value.features.size + revisions.state.value.features.size) : null,
    feeds: sized(feedsHeard.value, allFeeds.value.length),
  };
  const move = (e: KeyboardEvent) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    e.preventDefault();
    const dir = document.documentElement.dir === 'rtl' ? -step : step;
    tab.value = tabs[(tabs.indexOf(tab.value) + dir + tabs.length) % tabs.length]!;
    document.getElementById(`tab-${tab.value}`)?.focus();
  };
  return (
    <section class="work-list" aria-label={words.workList} id="work-list" tabIndex={-1}>
      <div class="tabs" role="tablist" aria-label={words.workList} onKeyDown={move}>
        {tabs.map((t) => (
          <button key={t} id={`tab-${t}`} type="button" role="tab" aria-selected={tab.value === t} aria-controls="work-rows" tabIndex={tab.value === t ? 0 : -1} onClick={() => (tab.value = t)}>
            {words.tabs[t]} {count[t] !== null && <span class="count">{count[t]}</span>}
          </button>
        ))}
      </div>
      {phoneTab.value === 'more' && <Account />}
      <div class="filter">
        <input id="search" type="search" placeholder={words.search} aria-label={words.search} value={filter.value} onInput={(e) => (filter.value = e.currentTarget.value)} />
      </div>
      <div class="scroll" role="tabpanel" id="work-rows" aria-labelledby={`tab-${tab.value}`} tabIndex={0}>
        <List />
      </div>
    </section>
  );
}
