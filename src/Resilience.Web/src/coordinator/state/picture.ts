import { computed } from '@preact/signals';
import type { FeedProperties } from '../../shared/api';
import { alerts, assessments, feeds, heard, list, stations, zones } from './layers';

/** How far the screen may be believed when it shows nothing: only a whole picture may say "all quiet". */
export type Picture = 'loading' | 'reading' | 'unassessed' | 'whole';

/** `reading`: a feed has not been read once, or none has brought a station although one should (rasters and other authorities' warnings bring none); `unassessed`: values are there, no rule has looked at them yet. */
export function judgePicture(told: boolean, f: Pick<FeedProperties, 'state' | 'bringsStations'>[], stationCount: number, assessedCount: number): Picture {
  if (!told) return 'loading';
  const running = f.filter((x) => x.state !== 'Dead' && x.state !== 'Paused');
  if (running.some((x) => x.state === 'New') || (running.some((x) => x.bringsStations !== false) && stationCount === 0)) return 'reading';
  return stationCount > 0 && assessedCount === 0 ? 'unassessed' : 'whole';
}

export const picture = computed<Picture>(() => judgePicture(
  heard(alerts, zones, assessments, stations, feeds),
  list(feeds).map((f) => f.properties), stations.state.value.features.size, assessments.state.value.features.size));
