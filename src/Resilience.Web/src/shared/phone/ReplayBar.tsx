import { inReplay, status } from './clock';

/** Stored history is never mistaken for today: the bar stands above every page while the server plays a recording. */
export function ReplayBar({ label }: { label: string }) {
  const banner = status.value?.banner;
  if (!inReplay() || banner == null) return null;
  return <aside class="hatch-bar" aria-label={label}><span class="plate">{banner}</span></aside>;
}
