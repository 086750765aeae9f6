import { AlertCard } from '../parts/AlertCard';
import { AnswerButtons } from '../parts/AnswerButtons';
import { AskNotices } from '../parts/AskNotices';
import { CheckLine } from '../parts/CheckLine';
import { ConnectionBar } from '../parts/ConnectionBar';
import { Icon } from '../../shared/phone/Icon';
import { MoreLinks } from '../parts/MoreLinks';
import { NewAlertVoice } from '../parts/NewAlertVoice';
import { Quiet } from '../parts/Quiet';
import { useTitle } from '../parts/Page';
import { isExercise } from '../alertText';
import { sortAlerts } from '../pure/near';
import { now } from '../../shared/phone/clock';
import { activePlace } from '../state/places';
import { watch } from '../state/watch';
import { words } from '../words';

/** Everything in force near one place, worst and nearest first, with how far it may be trusted. */
export function NowScreen() {
  const place = activePlace.value;
  const kept = watch.value;
  const sorted = sortAlerts([...(kept?.alerts ?? []), ...(kept?.past ?? [])], now());
  useTitle(place === null ? words.name : `${place.name} – ${words.name}`, sorted.now.length > 0 && sorted.now.every(isExercise));
  if (place === null) return null;
  return (
    <div class="page start">
      <ConnectionBar />
      <header class="start-head">
        <h1><a class="place-switch" href="#/place" aria-label={`${place.name}. ${words.now.change}`}>{place.name} <Icon name="down" /></a></h1>
        <CheckLine />
      </header>
      <main class="start-body">
        <NewAlertVoice alerts={sorted.now} />
        <section aria-labelledby="in-force" class="in-force">
          <h2 id="in-force" class="visually-hidden">{words.now.alertsTitle}</h2>
          {sorted.now.length > 0 && <ul class="cards">{sorted.now.map(a => <AlertCard key={a.id} alert={a} />)}</ul>}
          <Quiet place={place.name} count={sorted.now.length} past={sorted.past} />
        </section>
        <aside class="side">
          <div class="answers-dock"><AnswerButtons alert={sorted.now[0]?.id ?? null} /></div>
          <AskNotices place={place} />
          <MoreLinks />
        </aside>
        {sorted.past.length > 0 && (
          <section aria-labelledby="past" class="past-list">
            <h2 id="past">{words.now.past}</h2>
            <ul class="cards">{sorted.past.map(a => <AlertCard key={a.id} alert={a} past />)}</ul>
          </section>
        )}
      </main>
    </div>
  );
}
