import { useEffect, useRef, useState } from 'preact/hooks';
import type { NearAlert } from '../../shared/api';
import { isExercise } from '../alertText';
import { words } from '../words';

/** Tells a screen reader of each alert once, when it first appears; later redrawing stays silent. */
export function NewAlertVoice({ alerts }: { alerts: readonly NearAlert[] }) {
  const told = useRef(new Set<string>());
  const [said, say] = useState('');
  useEffect(() => {
    const fresh = alerts.filter(a => !told.current.has(a.id));
    if (fresh.length === 0) return;
    fresh.forEach(a => told.current.add(a.id));
    say(fresh.map(a => `${isExercise(a) ? `${words.exercisePrefix}. ` : ''}${words.severity[a.severity]}. ${a.text.headline}`).join('. '));
  }, [alerts]);
  return <div role="alert" class="visually-hidden">{said}</div>;
}
