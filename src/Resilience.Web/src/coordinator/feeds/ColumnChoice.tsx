import { words } from '../words';

const t = words.mapping;

/** A column to choose; with no sample before one, its name is typed. */
export function ColumnChoice({ label, value, columns, none, onChange }: { label: string; value: string | null; columns: string[]; none: string | null; onChange(value: string | null): void }) {
  return (
    <label>{label}
      {columns.length === 0 ? <input value={value ?? ''} spellcheck={false} onInput={(e) => onChange(e.currentTarget.value || null)} /> : (
        <select value={value ?? ''} onChange={(e) => onChange(e.currentTarget.value || null)}>
          <option value="">{none ?? t.choose}</option>
          {value !== null && value !== '' && !columns.includes(value) && <option value={value}>{value} (?)</option>}
          {columns.map((c) => <option key={c} value={c}>{c}</option>)}
        </select>
      )}
    </label>
  );
}
