import { alarmsToDo } from '../state/alarms';
import { gauges } from '../state/gauges';
import { alerts, drafts, feeds, incidents } from '../state/layers';
import { filter, phoneTab, tab, type Tab } from '../state/selection';
import { words } from '../words';
import { Account } from './Account';
import { AlarmList, AlertList, DraftList, FeedList, GaugeList, IncidentList } from './lists';

const lists: Record<Tab, () => preact.JSX.Element> = { alarms: AlarmList, incidents: IncidentList, gauges: GaugeList, alerts: AlertList, drafts: DraftList, feeds: FeedList };
const tabs = Object.keys(lists) as Tab[];

/** Panel B: what needs doing, worst first; the home of the keyboard. */
export function WorkList() {
  const List = lists[tab.value];
  const count: Record<Tab, number> = {
    alarms: alarmsToDo.value.length, incidents: incidents.state.value.features.size, gauges: gauges.value.length,
    alerts: alerts.state.value.features.size, drafts: drafts.state.value.features.size, feeds: feeds.state.value.features.size,
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
            {words.tabs[t]} <span class="count">{count[t]}</span>
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
