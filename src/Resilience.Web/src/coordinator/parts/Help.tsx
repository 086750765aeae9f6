import { keysOn, setKeys } from '../keys';
import { helpOpen } from '../state/selection';
import { words } from '../words';
import { Dialog } from './Dialog';

export function Help() {
  return (
    <Dialog title={words.helpTitle} onClose={() => (helpOpen.value = false)}>
      <dl class="keys">{words.keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <p class="muted">{words.noKeySends}</p>
      <label><input type="checkbox" checked={!keysOn.value} onChange={(e) => setKeys(!e.currentTarget.checked)} /> {words.keysOff}</label>
    </Dialog>
  );
}
