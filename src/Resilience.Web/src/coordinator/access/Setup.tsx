import { useState } from 'preact/hooks';
import { setUp } from '../state/session';
import { show } from '../state/selection';
import { words } from '../words';

const t = words.access;
const shortest = 12;

/** Opened by the one-time link: two accounts at once, because one person alone can send nothing. */
export function Setup({ token }: { token: string }) {
  const [people, setPeople] = useState([{ name: '', password: '' }, { name: '', password: '' }]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (i: number, part: Partial<(typeof people)[number]>) => setPeople(people.map((p, j) => (j === i ? { ...p, ...part } : p)));
  const create = async () => {
    if (people[0]!.name.trim().toLocaleLowerCase() === people[1]!.name.trim().toLocaleLowerCase()) return setProblem(t.same);
    if (people.some((p) => p.password.length < shortest)) return setProblem(t.short);
    setBusy(true);
    setProblem(null);
    try {
      await setUp(token, people.map((p) => ({ ...p, name: p.name.trim() })));
      show({ name: 'board' });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class="screen setup">
      <h1>{t.setupTitle}</h1>
      <p>{t.setupWhy}</p>
      <form onSubmit={(e) => { e.preventDefault(); void create(); }}>
        <div class="two">
          {people.map((p, i) => (
            <fieldset key={i}>
              <legend>{i === 0 ? t.first : t.second}</legend>
              <label class="block">{t.name}<input required autocomplete="off" value={p.name} onInput={(e) => change(i, { name: e.currentTarget.value })} /></label>
              <label class="block">{t.password}<input type="password" required minLength={shortest} autocomplete="new-password" value={p.password} onInput={(e) => change(i, { password: e.currentTarget.value })} /></label>
            </fieldset>
          ))}
        </div>
        <p class="muted">{t.rule}</p>
        {problem && <p class="fault-text" role="alert">{problem}</p>}
        <button type="submit" class="primary" disabled={busy}>{busy ? t.wait : t.create}</button>
      </form>
    </main>
  );
}
