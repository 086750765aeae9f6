import { useState } from 'preact/hooks';
import { Icon } from '../../shared/phone/Icon';
import { PlaceSearch } from '../parts/PlaceSearch';
import { useTitle } from '../parts/Page';
import { whereIAm } from '../../shared/phone/position';
import { go } from '../../shared/phone/route';
import { activePlace, choosePlace, fromPosition, places, removePlace, type SavedPlace } from '../state/places';
import { notYet, offered, words } from '../words';

/** The first screen of a new phone, and later the list of places. Nothing else is asked. */
export function PlaceScreen() {
  const [finding, setFinding] = useState<'no' | 'looking' | 'refused'>('no');
  useTitle(words.place.title);
  const choose = async (place: SavedPlace) => { await choosePlace(place); go('now'); };
  const chooseHere = async () => {
    setFinding('looking');
    try { await choose(fromPosition(await whereIAm(), words.place.here)); setFinding('no'); } catch { setFinding('refused'); }
  };
  return (
    <div class="page">
      {places.value.length > 0 && <header class="page-head"><a class="back" href="#/now"><Icon name="back" /> {words.back}</a></header>}
      <main class="page-body place-screen">
        <h1>{words.place.title}</h1>
        <PlaceSearch onChoose={place => void choose(place)} />
        <button type="button" class="button wide" onClick={() => void chooseHere()} disabled={finding === 'looking'}>
          <Icon name="here" /> {finding === 'looking' ? words.place.looking : words.place.use}
        </button>
        {finding === 'refused' && <p role="alert">{words.place.refused}</p>}
        {places.value.length > 0 && (
          <section aria-labelledby="yours">
            <h2 id="yours">{words.place.yours}</h2>
            <ul class="rows">
              {places.value.map(place => (
                <li key={place.id} class="row-pair">
                  <button type="button" class="row" onClick={() => void choose(place)} aria-current={place.id === activePlace.value?.id ? 'true' : undefined}>
                    <span class="row-text">{place.name}<small>{place.region}</small></span>
                    {place.id === activePlace.value?.id && <Icon name="tick" />}
                  </button>
                  <button type="button" class="icon-button quiet" onClick={() => void removePlace(place.id)} aria-label={words.place.remove(place.name)}><Icon name="close" /></button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <ul class="promises">{words.place.promises.map(p => <li key={p}><Icon name="tick" size={20} /> {p}</li>)}</ul>
        <section aria-labelledby="language" class="languages">
          <h2 id="language">{words.place.languageTitle}</h2>
          <ul>
            {offered.map(l => <li key={l.tag} class="offered" lang={l.tag}><Icon name="tick" size={20} />{l.name}</li>)}
            {notYet.map(l => <li key={l.tag} class="not-offered"><span lang={l.tag}>{l.name}</span> {l.latin}</li>)}
          </ul>
          <p class="muted">{words.place.languageNotReady}</p>
        </section>
      </main>
    </div>
  );
}
