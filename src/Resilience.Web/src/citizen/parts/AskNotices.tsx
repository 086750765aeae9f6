import { askNotBefore, noticeState, notNow, turnOn, work } from '../state/notices';
import type { SavedPlace } from '../state/places';
import { tick } from '../../shared/phone/clock';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

/** Our own question before the browser's: a browser's "no" is nearly for ever, ours is for 14 days. */
export function AskNotices({ place }: { place: SavedPlace }) {
  const state = noticeState.value;
  if (tick.value < askNotBefore.value) return null;
  if (state === 'NeedsHomeScreen')
    return <a class="ask" href="#/notices"><Icon name="bell" /><span><strong>{words.notices.ask(place.name)}</strong> {words.notices.iosTitle}</span></a>;
  if (state !== 'NotAsked' && state !== 'Off') return null;
  return (
    <section class="ask" aria-labelledby="ask-notices">
      <Icon name="bell" />
      <div>
        <h2 id="ask-notices">{words.notices.ask(place.name)}</h2>
        <p>{words.notices.askDetail}</p>
        {work.value === 'failed' && <p role="alert"><strong>{words.notices.failed}</strong></p>}
        <div class="pair">
          <button type="button" class="button strong" disabled={work.value === 'working'} onClick={() => void turnOn(place)}>
            {work.value === 'working' ? words.notices.working : words.notices.yes}
          </button>
          <button type="button" class="button" onClick={() => void notNow()}>{words.notices.notNow}</button>
        </div>
      </div>
    </section>
  );
}
