import { languageName } from '../state/format';
import { words } from '../words';
import { fieldId, type Check } from './checks';

const t = words.draft;

/** What stands in the way, each with a way to its field where there are fields. */
export function ChecksList({ checks, links = true }: { checks: Check[]; links?: boolean }) {
  if (checks.length === 0) return <p class="safe-text">✓ {t.noStops}</p>;
  const go = (field: string) => {
    const parts = field.split('.');
    // The nearest field that exists: a finding may be about a whole language.
    for (let n = parts.length; n > 0; n--) {
      const target = document.getElementById(fieldId(parts.slice(0, n).join('.')));
      if (!target) continue;
      target.scrollIntoView({ block: 'center' });
      target.focus();
      return;
    }
  };
  return (
    <ul class="checks">
      {checks.map((c, i) => (
        <li key={i} class={c.severity === 'stop' ? 'check-stop' : 'check-ask'}>
          <b>{c.severity === 'stop' ? `✕ ${t.stop}` : `? ${t.ask}`}</b> {c.code.endsWith('language-missing') ? t.notWritten(languageName(c.field.split('.')[1] ?? '')) : c.message} {links && <button type="button" class="link" onClick={() => go(c.field)}>{t.goTo}</button>}
        </li>
      ))}
    </ul>
  );
}
