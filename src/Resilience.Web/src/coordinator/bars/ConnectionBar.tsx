import { tick } from '../../shared/chainClock';
import { localTime } from '../state/format';
import { live } from '../state/layers';
import { words } from '../words';

export function ConnectionBar() {
  void tick.value;
  const c = live.connection.value;
  if (c.state !== 'lost') return null;
  const seconds = Math.max(0, Math.ceil((c.retryAt - performance.now()) / 1000));
  return (
    <div class="connection-bar">
      <span role="alert">{words.connection.lost(localTime(c.since))}</span>
      <span aria-hidden="true">{words.connection.tryingIn(seconds)}</span>
      <button type="button" onClick={() => live.retryNow()}>{words.connection.retry}</button>
    </div>
  );
}
