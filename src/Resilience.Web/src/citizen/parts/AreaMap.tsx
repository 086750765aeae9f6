import type { Alert, NearAlert } from '../../shared/api';
import { get } from '../../shared/phone/ask';
import { MapOnDemand } from '../../shared/phone/MapOnDemand';
import { activePlace } from '../state/places';
import { words } from '../words';

/** Where the alert holds, as a picture. The area itself is fetched only now: most people never need it. */
export function AreaMap({ alert }: { alert: NearAlert }) {
  const what = async () => {
    const { area } = await get<Alert>(`/warnings/alerts/${encodeURIComponent(alert.id)}`);
    return { area: { geometry: area, severity: alert.severity }, you: activePlace.value };
  };
  return <MapOnDemand words={words.alert} label={alert.areaDesc} what={what} />;
}
