import { words } from '../words';
import { stationsToPlace, type Table, type TableStation } from './mapping';
import type { MappingProps } from './MappingEditor';

const t = words.mapping;
const empty: TableStation = { id: '', name: null, longitude: null, latitude: null, river: null };

/** Places for stations that the table itself does not place; one line when it is of one gauge only. */
export function StationPlaces({ mapping, table, onChange }: MappingProps & { table: Table }) {
  const placed = mapping.longitude !== null && mapping.latitude !== null && mapping.station !== null;
  if (placed && mapping.stations.length === 0) return null;
  const one = mapping.station === null;
  const rows = one && mapping.stations.length === 0 ? [empty] : mapping.stations;
  const set = (stations: TableStation[]) => onChange({ ...mapping, stations });
  const change = (i: number, part: Partial<TableStation>) => set(rows.map((row, j) => (j === i ? { ...row, ...part } : row)));
  const degrees = (text: string): number | null => (text.trim() === '' || !Number.isFinite(Number(text.replace(',', '.'))) ? null : Number(text.replace(',', '.')));
  const missing = stationsToPlace(table, mapping);
  return (
    <fieldset class="places">
      <legend>{t.places}</legend>
      <p class="muted">{t.placesHint}</p>
      {rows.map((row, i) => (
        <div key={i} class="place-row">
          <label>{t.stationId}<input value={row.id} spellcheck={false} onInput={(e) => change(i, { id: e.currentTarget.value.trim() })} /></label>
          <label>{t.stationName}<input value={row.name ?? ''} onInput={(e) => change(i, { name: e.currentTarget.value || null })} /></label>
          <label>{t.longitude}<input inputMode="decimal" value={row.longitude ?? ''} onChange={(e) => change(i, { longitude: degrees(e.currentTarget.value) })} /></label>
          <label>{t.latitude}<input inputMode="decimal" value={row.latitude ?? ''} onChange={(e) => change(i, { latitude: degrees(e.currentTarget.value) })} /></label>
          {!one && <button type="button" class="plain" aria-label={t.remove(row.id || `${i + 1}`)} onClick={() => set(rows.filter((_, j) => j !== i))}>✕</button>}
        </div>
      ))}
      {!one && <p class="actions">
        {missing.length > 0 && <button type="button" onClick={() => set([...mapping.stations, ...missing])}>{t.listStations(missing.length)}</button>}
        <button type="button" class="plain" onClick={() => set([...mapping.stations, empty])}>+ {t.addStation}</button>
      </p>}
    </fieldset>
  );
}
