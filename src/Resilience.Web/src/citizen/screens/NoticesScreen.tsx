import { HomeScreenGuide } from '../parts/HomeScreenGuide';
import { Page } from '../parts/Page';
import { SelfCheck } from '../parts/SelfCheck';
import { activePlace } from '../state/places';
import { noticeState, subscription, test, turnOff, turnOn, work } from '../state/notices';
import { words } from '../words';

/** Push notices: state in one sentence, the switch, the test, and the self-check. */
export function NoticesScreen() {
  const state = noticeState.value;
  const place = activePlace.value;
  return (
    <Page title={words.notices.title}>
      {state === 'NeedsHomeScreen' && <HomeScreenGuide />}
      {state === 'Unsupported' && <section class="box"><h2>{words.notices.unsupported}</h2><p>{words.notices.unsupportedDetail}</p></section>}
      {state === 'Blocked' && (
        <section class="box"><h2>{words.notices.blocked}</h2><ol>{words.notices.blockedHow.map(step => <li key={step}>{step}</li>)}</ol></section>
      )}
      {(state === 'NotAsked' || state === 'Off') && (
        <section class="box">
          <h2>{place === null ? words.notices.off : words.notices.ask(place.name)}</h2>
          <p>{words.notices.askDetail}</p>
          {place === null
            ? <a class="button strong" href="#/place">{words.place.title}</a>
            : <button type="button" class="button strong" disabled={work.value === 'working'} onClick={() => void turnOn(place)}>{work.value === 'working' ? words.notices.working : words.notices.turnOn}</button>}
        </section>
      )}
      {state === 'On' && (
        <section class="box">
          <h2>{words.notices.on}</h2>
          <p>{subscription.value !== null && words.notices.onFor(subscription.value.placeName)}</p>
          <div class="pair">
            <button type="button" class="button strong" onClick={() => void test()}>{words.notices.test}</button>
            <button type="button" class="button" onClick={() => void turnOff()}>{words.notices.turnOff}</button>
          </div>
          {place !== null && subscription.value !== null && subscription.value.placeName !== place.name &&
            <button type="button" class="button" onClick={() => void turnOn(place)}>{words.notices.ask(place.name)}</button>}
        </section>
      )}
      <p role="status">{{ idle: '', working: '', failed: words.notices.failed, testSent: words.notices.testSent, testFailed: words.notices.testFailed }[work.value]}</p>
      <SelfCheck />
      <p class="muted">{words.notices.limits}</p>
    </Page>
  );
}
