import { useEffect, useRef } from 'preact/hooks';
import { select } from '../state/selection';
import { words } from '../words';
import { kindOf } from './MapView';
import { overPoint } from './placing';
import { chooser } from './state';

/** As map.css has it. */
const width = 272;

/** Several things under one click: a list, worst first, instead of the top one by luck. */
export function Chooser() {
  const open = chooser.value;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), [open]);
  if (!open) return null;
  const close = () => (chooser.value = null);
  return (
    <div class="chooser" style={overPoint(open, open.size, width)} role="dialog" aria-label={words.map.chooser(open.hits.length)} onKeyDown={(e) => e.key === 'Escape' && close()}>
      <h3>{words.map.chooser(open.hits.length)}</h3>
      <ul>
        {open.hits.slice(0, 12).map((h, i) => (
          <li key={`${h.source}/${h.id}`}>
            <button ref={i === 0 ? first : undefined} type="button" onClick={() => { select({ kind: kindOf[h.source], id: h.id }, 'map'); close(); }}>
              <span class="muted">{words.map.layer[h.source]}</span> {h.name}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="plain" onClick={close}>{words.close}</button>
    </div>
  );
}
