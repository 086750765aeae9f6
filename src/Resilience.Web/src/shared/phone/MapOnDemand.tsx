import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './Icon';
import { MAP_KILOBYTES } from './mapSize';
import type { SmallMap } from './smallMap';

interface Props {
  words: { openMap(kilobytes: number): string; mapLoading: string; mapFailed: string };
  label: string;
  /** What to draw; asked only after the tap. */
  what: () => Promise<SmallMap>;
}

/** The map costs more than everything else together, so its size is said first and it is fetched only on a tap. */
export function MapOnDemand({ words, label, what }: Props) {
  const [state, setState] = useState<'closed' | 'loading' | 'open' | 'failed'>('closed');
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state !== 'loading') return;
    Promise.all([import('./smallMap'), what()])
      .then(([{ showSmallMap }, content]) => showSmallMap(holder.current as HTMLDivElement, content))
      .then(() => setState('open'), () => setState('failed'));
  }, [state]);
  const drawn = state === 'loading' || state === 'open';
  return (
    <div class="area-map">
      {!drawn && <button type="button" class="button wide" onClick={() => setState('loading')}><Icon name="map" /> {words.openMap(MAP_KILOBYTES)}</button>}
      {state === 'failed' && <p role="alert">{words.mapFailed}</p>}
      {state === 'loading' && <p role="status">{words.mapLoading}</p>}
      {drawn && <div ref={holder} class="map" role="region" aria-label={label} />}
    </div>
  );
}
