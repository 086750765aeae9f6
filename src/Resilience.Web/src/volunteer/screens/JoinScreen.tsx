import { useState } from 'preact/hooks';
import { heardNothing } from '../../shared/phone/ask';
import { go } from '../../shared/phone/route';
import { join, signedOut } from '../state/person';
import { words } from '../words';

/** Name and group, nothing else. */
export function JoinScreen() {
  const [name, setName] = useState('');
  const [group, setGroup] = useState('');
  const [state, setState] = useState<'idle' | 'joining' | { refused: string }>('idle');
  const submit = async (event: Event) => {
    event.preventDefault();
    setState('joining');
    try {
      await join(name.trim(), group.trim());
      setState('idle');
      go('');
    } catch (error) {
      setState({ refused: heardNothing(error) ? words.join.noAnswer : (error as Error).message });
    }
  };
  return (
    <div class="page">
      <main class="page-body join">
        <h1>{words.join.title}</h1>
        {signedOut.value && <p><strong>{words.join.needsSignal}</strong></p>}
        <p>{words.join.lead}</p>
        <form onSubmit={e => void submit(e)}>
          <label class="stack" for="name">{words.join.name}
            <input id="name" type="text" autocomplete="name" required maxLength={60} value={name} onInput={e => setName(e.currentTarget.value)} />
          </label>
          <label class="stack" for="group">{words.join.group}
            <small class="muted" id="group-hint">{words.join.groupHint}</small>
            <input id="group" type="text" autocomplete="organization" required maxLength={60} aria-describedby="group-hint" value={group} onInput={e => setGroup(e.currentTarget.value)} />
          </label>
          {typeof state === 'object' && <p role="alert"><strong>{state.refused}</strong></p>}
          <button type="submit" class="button big strong wide" disabled={state === 'joining' || name.trim() === '' || group.trim() === ''}>
            {state === 'joining' ? words.join.joining : words.join.go}
          </button>
        </form>
        <p class="muted promise">{words.join.promise}</p>
      </main>
    </div>
  );
}
