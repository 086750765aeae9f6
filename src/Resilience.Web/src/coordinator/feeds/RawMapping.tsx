import { useState } from 'preact/hooks';
import { words } from '../words';
import { emptyMapping, type TableMapping } from './mapping';
import type { MappingProps } from './MappingEditor';

const t = words.mapping;

/** The mapping as the server takes it. What cannot be read stays as typed, with the reason under it. */
export function RawMapping({ mapping, onChange }: MappingProps) {
  const [typed, setTyped] = useState<{ text: string; fault: string } | null>(null);
  const take = (text: string) => {
    try {
      const read = JSON.parse(text) as Partial<TableMapping>;
      if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new Error('{ … }');
      if (![read.values ?? [], read.stations ?? [], read.missing ?? []].every(Array.isArray)) throw new Error('values, stations, missing: [ … ]');
      setTyped({ text, fault: '' });
      onChange({ ...emptyMapping(), ...read });
    } catch (error) {
      setTyped({ text, fault: words.feedForm.fault.json(error instanceof Error ? error.message : String(error)) });
    }
  };
  return (
    <details class="section">
      <summary>{t.raw}</summary>
      <p class="muted" id="raw-mapping-hint">{t.rawHint}</p>
      <textarea rows={10} class="code" spellcheck={false} aria-label={t.raw} aria-describedby="raw-mapping-hint" aria-invalid={typed?.fault ? true : undefined} value={typed?.text ?? JSON.stringify(mapping, null, 2)}
        onInput={(e) => take(e.currentTarget.value)} onBlur={() => setTyped((now) => (now?.fault ? now : null))} />
      {typed?.fault && <p class="fault-text" role="alert">{typed.fault}</p>}
    </details>
  );
}
