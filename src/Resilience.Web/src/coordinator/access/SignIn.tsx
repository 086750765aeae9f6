import { useState } from 'preact/hooks';
import { Dialog } from '../parts/Dialog';
import { session, signIn, signInAs } from '../state/session';
import { signInOpen } from '../state/selection';
import { words } from '../words';

const t = words.access;

export function SignIn() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const close = () => (signInOpen.value = false);
  const attempt = async (how: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await how();
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const demo = (session.value?.demoPeople ?? []).filter((p) => p.role === 'coordinator');
  return (
    <Dialog title={t.title} onClose={close}>
      {session.value?.needsSetup && <p class="notice">{t.setupNeeded}</p>}
      {demo.length > 0 && (
        <section class="demo-people">
          <h3>{t.demo}</h3>
          <p class="muted">{t.demoWhy}</p>
          <p class="actions">{demo.map((p) => <button key={p.id} type="button" class="primary" disabled={busy} onClick={() => void attempt(() => signInAs(p.id))}>{p.name}</button>)}</p>
        </section>
      )}
      <form onSubmit={(e) => { e.preventDefault(); void attempt(() => signIn(name, password)); }}>
        <label class="block">{t.name}<input name="username" autocomplete="username" required value={name} onInput={(e) => setName(e.currentTarget.value)} /></label>
        <label class="block">{t.password}<input name="password" type="password" autocomplete="current-password" required value={password} onInput={(e) => setPassword(e.currentTarget.value)} /></label>
        {problem && <p class="fault-text" role="alert">{problem}</p>}
        <button type="submit" class={demo.length > 0 ? '' : 'primary'} disabled={busy}>{busy ? t.wait : t.submit}</button>
      </form>
    </Dialog>
  );
}
