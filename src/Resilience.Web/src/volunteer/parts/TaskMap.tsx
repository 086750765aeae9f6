import { MapOnDemand } from '../../shared/phone/MapOnDemand';
import type { Position } from '../../shared/phone/position';
import { here } from '../state/here';
import { words } from '../words';

export function TaskMap({ at, name }: { at: Position; name: string }) {
  return <MapOnDemand words={words.task} label={name} what={async () => ({ target: at, you: here.value })} />;
}
