import { inReplay, status } from '../state/clock';
import { words } from '../words';

/** Stored history is never mistaken for today: the bar stands above every page while the server plays a recording. */
export function ReplayBar() {
  const banner = status.value?.banner;
  if (!inReplay() || banner == null) return null;
  return <aside class="hatch-bar" aria-label={words.replayLabel}><span class="plate">{banner}</span></aside>;
}
