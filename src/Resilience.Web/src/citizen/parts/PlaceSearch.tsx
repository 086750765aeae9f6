import { useEffect, useState } from 'preact/hooks';
import type { Place } from '../../shared/api';
import { get, heardNothing } from '../../shared/phone/ask';
import { fromGazetteer, type SavedPlace } from '../state/places';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

const LEAST_LETTERS = 2;
const PAUSE_MS = 250;
const MOST_SHOWN = 8;

const countries = new Intl.DisplayNames([words.locale], { type: 'region', fallback: 'code' });
/** "Bhutan", not "BT". */
const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? countries.of(code) ?? code : code);

type Found = { q: string; places: Place[] } | 'nothing asked' | 'no answer' | 'refused';

/** Search by name. The answers are ordinary buttons below the field: they work with any keyboard and any reader. */
export function PlaceSearch({ onChoose }: { onChoose: (place: SavedPlace) => void }) {
  const [q, setQ] = useState('');
  const [found, setFound] = useState<Found>('nothing asked');
  const asked = q.trim();
  useEffect(() => {
    if (asked.length < LEAST_LETTERS) { setFound('nothing asked'); return; }
    let stale = false;
    const timer = setTimeout(() => {
      get<Place[]>(`/risk/places?q=${encodeURIComponent(asked)}&limit=${MOST_SHOWN}`)
        .then(places => { if (!stale) setFound({ q: asked, places }); }, error => { if (!stale) setFound(heardNothing(error) ? 'no answer' : 'refused'); });
    }, PAUSE_MS);
    return () => { stale = true; clearTimeout(timer); };
  }, [asked]);
  return (
    <div class="search" role="search">
      <label for="place-q">{words.place.search}</label>
      <div class="field">
        <Icon name="search" />
        <input id="place-q" type="search" autocomplete="off" autocapitalize="words" spellcheck={false} enterkeyhint="search"
          aria-describedby="place-hint" value={q} onInput={e => setQ(e.currentTarget.value)} />
      </div>
      <p id="place-hint" class="muted" aria-live="polite">{hint(found)}</p>
      {typeof found === 'object' && found.places.length > 0 && (
        <ul class="rows">
          {found.places.map(place => (
            <li key={place.id}>
              <button type="button" class="row" onClick={() => onChoose(fromGazetteer(place))}>
                <span class="row-text">{place.name}<small>{[place.admin1, countryName(place.country)].filter(Boolean).join(', ')}</small></span>
                {place.population > 0 && <small>{words.place.people(place.population.toLocaleString(words.locale))}</small>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function hint(found: Found): string {
  if (found === 'no answer') return words.place.offline;
  if (found === 'refused') return words.place.searchFailed;
  if (found === 'nothing asked') return words.place.searchHint;
  return found.places.length === 0 ? words.place.none(found.q) : '';
}
