import { ageClass } from '../../shared/age';
import { chainNow, tick } from '../../shared/chainClock';
import { ageWords, timeOrDay } from '../state/format';
import { words } from '../words';

/** "4 min old · 14:28", looking as old as it is. Without an expected interval it only says the age; `silent` is the server's word. */
export function Age({ time, everySeconds, clock = true, silent = false }: { time: string | null; everySeconds?: number; clock?: boolean; silent?: boolean }) {
  void tick.value;
  if (time === null) return <span class="age">{words.never}</span>;
  const state = silent ? 'silent' : everySeconds ? ageClass(chainNow() - Date.parse(time), everySeconds * 1000) : 'fresh';
  return (
    <time class={`age age-${state}`} dateTime={time}>
      {state === 'ageing' && <span aria-hidden="true">◷ </span>}
      {(state === 'stale' || state === 'silent') && <b class="stale">{state === 'stale' ? words.stale : words.silentState} </b>}
      {ageWords(time)}{clock && ` · ${timeOrDay(time)}`}
    </time>
  );
}
