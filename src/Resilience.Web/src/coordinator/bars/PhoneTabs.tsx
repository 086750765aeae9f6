import { phoneTab, tab, type PhoneTab } from '../state/selection';
import { words } from '../words';

/** The phone's tabs; on wide screens everything is there at once. */
export function PhoneTabs() {
  const go = (next: PhoneTab) => {
    phoneTab.value = next;
    if (next === 'drafts') tab.value = 'drafts';
    else if (next === 'list' && tab.value === 'drafts') tab.value = 'alarms';
    else if (next === 'more') tab.value = 'feeds';
  };
  return (
    <nav class="phone-tabs" aria-label={words.workList}>
      {(['list', 'map', 'drafts', 'more'] as const).map((t) => (
        <button key={t} type="button" aria-current={phoneTab.value === t ? 'page' : undefined} onClick={() => go(t)}>{words.phoneTabs[t]}</button>
      ))}
    </nav>
  );
}
