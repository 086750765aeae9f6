import { useEffect, useState } from 'preact/hooks';
import type { Place, ZoneDetail } from '../../shared/api';
import { server } from '../../shared/client';
import { areaKm2, boundsOf, centreOf, circle, cornerCount } from '../map/geometry';
import { number, people, roughPeople } from '../state/format';
import { find, zones } from '../state/layers';
import { useResource } from '../state/resource';
import { words } from '../words';
import { AreaSketch } from './AreaSketch';
import { fieldId } from './checks';

const t = words.draft;
type AreaKind = 'zone' | 'circle' | 'drawn';

/** Where: the risk zone as it is, a circle round a place, or corners clicked on a sketch map. */
export function AreaField({ area, zone, onChange }: { area: GeoJSON.Geometry; zone: string | null; onChange(area: GeoJSON.Geometry): void }) {
  const [kind, setKind] = useState<AreaKind>(zone ? 'zone' : cornerCount(area) === 49 ? 'circle' : 'drawn');
  const box = boundsOf([area]);
  const [centre, setCentre] = useState<[number, number] | null>(box ? centreOf(box) : null);
  const [radius, setRadius] = useState(Math.max(1, Math.round(Math.sqrt(areaKm2(area) / Math.PI))));
  const choose = (next: AreaKind) => {
    setKind(next);
    if (next === 'zone' && zone) {
      const geometry = find(zones, zone)?.geometry;
      if (geometry) onChange(geometry);
    }
    if (next === 'circle' && centre) onChange(circle(centre, radius));
  };
  const setCircle = (at: [number, number] | null, km: number) => {
    setCentre(at);
    setRadius(km);
    if (at && km > 0) onChange(circle(at, km));
  };
  return (
    <fieldset id={fieldId('area')} tabIndex={-1}>
      <legend>{t.areaKind}</legend>
      <div class="choices">
        {(['zone', 'circle', 'drawn'] as const).map((k) => (
          <label key={k}><input type="radio" name="area-kind" checked={kind === k} disabled={k === 'zone' && !zone} onChange={() => choose(k)} /> {t.areaKinds[k]}</label>
        ))}
      </div>
      {kind === 'circle' && (
        <div class="two">
          <PlaceSearch onChoose={(p) => setCircle([p.lon, p.lat], radius)} />
          <label>{t.radius}<input type="number" min="0.5" max="500" step="0.5" value={radius} onInput={(e) => setCircle(centre, Number(e.currentTarget.value))} /></label>
        </div>
      )}
      <AreaSketch area={area} drawing={kind === 'drawn'} onDrawn={onChange} onCentre={kind === 'circle' ? (at) => setCircle(at, radius) : undefined} />
      <p class="muted">{t.figures(number(areaKm2(area)), people(cornerCount(area)))}. {t.reachAfterSave}</p>
      {zone && <ZoneLine zone={zone} />}
    </fieldset>
  );
}

function ZoneLine({ zone }: { zone: string }) {
  const detail = useResource<ZoneDetail>(`/risk/zones/${zone}`);
  return detail.data ? <p class="muted">{t.from(detail.data.title)}: {words.detail.people(roughPeople(detail.data.people))}</p> : null;
}

function PlaceSearch({ onChoose }: { onChoose(place: Place): void }) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Place[]>([]);
  useEffect(() => {
    if (query.trim().length < 2) {
      setFound([]);
      return;
    }
    const stop = new AbortController();
    const wait = setTimeout(() => server.get<Place[]>(`/risk/places?q=${encodeURIComponent(query.trim())}&limit=6`, stop.signal).then(setFound).catch(() => undefined), 250);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [query]);
  return (
    <div>
      <label>{t.placeSearch}<input type="search" value={query} onInput={(e) => setQuery(e.currentTarget.value)} /></label>
      {found.length > 0 && <ul class="suggestions">{found.map((p) => <li key={p.id}><button type="button" class="link" onClick={() => { onChoose(p); setQuery(''); setFound([]); }}>{p.name}, {p.admin1}, {p.country} ({people(p.population)})</button></li>)}</ul>}
    </div>
  );
}
