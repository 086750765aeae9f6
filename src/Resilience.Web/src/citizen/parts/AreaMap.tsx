import { useRef, useState } from 'preact/hooks';
import type { NearAlert } from '../../shared/api';
import { words } from '../words';
import { MAP_KILOBYTES } from '../mapSize';
import { activePlace } from '../state/places';
import { Icon } from './Icon';

/** The map costs more than everything else together, so its size is said first and it is fetched only on a tap. */
export function AreaMap({ alert }: { alert: NearAlert }) {
  const [state, setState] = useState<'closed' | 'loading' | 'open' | 'failed'>('closed');
  const holder = useRef<HTMLDivElement>(null);
  const open = async () => {
    setState('loading');
    try {
      const { showArea } = await import('../map/showArea');
      await showArea(holder.current as HTMLDivElement, alert, activePlace.value);
      setState('open');
    } catch {
      setState('failed');
    }
  };
  return (
    <div class="area-map">
      {(state === 'closed' || state === 'failed') && <button type="button" class="button" onClick={() => void open()}><Icon name="map" /> {words.alert.openMap(MAP_KILOBYTES)}</button>}
      {state === 'failed' && <p role="alert">{words.alert.mapFailed}</p>}
      {state === 'loading' && <p role="status">{words.alert.mapLoading}</p>}
      <div ref={holder} class="map" hidden={state === 'closed' || state === 'failed'} role="region" aria-label={alert.areaDesc} />
      {state === 'open' && <p class="muted">{words.alert.mapNote}</p>}
    </div>
  );
}
