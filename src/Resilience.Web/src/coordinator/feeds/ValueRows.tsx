import { unitWords } from '../state/format';
import { words } from '../words';
import { ColumnChoice } from './ColumnChoice';
import { properties, unitsOf, type TableValue } from './mapping';

const t = words.mapping;

/** One line a quantity: column, what it is, its unit. */
export function ValueRows({ values, columns, onChange, onAdd }: { values: TableValue[]; columns: string[]; onChange(values: TableValue[]): void; onAdd(): void }) {
  const change = (i: number, part: Partial<TableValue>) => onChange(values.map((v, j) => (j === i ? { ...v, ...part } : v)));
  return (
    <fieldset class="values">
      <legend>{t.values}</legend>
      <p class="muted">{t.valuesHint}</p>
      {values.map((v, i) => (
        <div key={i} class="place-row" role="group" aria-label={t.value(i + 1)}>
          <ColumnChoice label={t.column} value={v.column || null} columns={columns} none={null} onChange={(column) => change(i, { column: column ?? '' })} />
          <label>{t.property}
            <select value={v.property} onChange={(e) => change(i, { property: e.currentTarget.value, unit: unitsOf[e.currentTarget.value]?.[0] ?? v.unit })}>{properties.map((p) => <option key={p} value={p}>{t.properties[p]}</option>)}</select>
          </label>
          <label>{t.unit}
            <input list={`units-${i}`} value={v.unit} spellcheck={false} onInput={(e) => change(i, { unit: e.currentTarget.value })} />
            <datalist id={`units-${i}`}>{(unitsOf[v.property] ?? []).map((unit) => <option key={unit} value={unit}>{unitWords(unit)}</option>)}</datalist>
          </label>
          <label>{t.when}<input value={v.when ?? ''} placeholder={t.whenHint} spellcheck={false} onInput={(e) => change(i, { when: e.currentTarget.value || null })} /></label>
          <button type="button" class="plain" aria-label={t.remove(v.column || t.value(i + 1))} onClick={() => onChange(values.filter((_, j) => j !== i))}>✕</button>
        </div>
      ))}
      <p class="actions"><button type="button" class={values.length === 0 ? '' : 'plain'} onClick={onAdd}>+ {t.addValue}</button></p>
    </fieldset>
  );
}
