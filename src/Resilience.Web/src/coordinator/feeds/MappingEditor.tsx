import { useState } from 'preact/hooks';
import type { FeedSample } from '../../shared/api';
import { server } from '../../shared/client';
import { people } from '../state/format';
import { words } from '../words';
import { feedFieldId } from './definition';
import { guessMapping, guessTimeFormat, newValue, readTable, timeFormats, type Table, type TableMapping } from './mapping';
import { ColumnChoice } from './ColumnChoice';
import { RawMapping } from './RawMapping';
import { StationPlaces } from './StationPlaces';
import { ValueRows } from './ValueRows';

const t = words.mapping;
export interface MappingProps { mapping: TableMapping; onChange(mapping: TableMapping): void }
const encodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-2', 'windows-1251', 'shift_jis', 'gb18030'];

/** Sample, how it is written, which column is what. Everything that can be guessed is guessed, and everything can be changed. */
export function MappingEditor({ mapping, address, fault, onChange, onProblem }: MappingProps & { address: string; fault: string | undefined; onProblem(error: unknown): void }) {
  const [sample, setSample] = useState('');
  const [told, setTold] = useState('');
  const [fetching, setFetching] = useState(false);
  const set = (part: Partial<TableMapping>) => onChange({ ...mapping, ...part });
  const take = (text: string) => {
    setSample(text);
    if (text.trim()) onChange(guessMapping(text, mapping));
  };
  const fetchIt = async () => {
    setFetching(true);
    setTold('');
    try {
      const got = await server.post<FeedSample>('/observations/feeds/sample', { address: address.trim(), encoding: mapping.encoding }, { atMostMs: 40_000 });
      take(got.text);
      setTold(t.got(people(got.bytes), got.whole));
    } catch (error) {
      onProblem(error);
    } finally {
      setFetching(false);
    }
  };
  const table = sample.trim() ? readTable(sample, mapping) : { columns: [], rows: [] };
  return (
    <section class={fault ? 'mapping field-wrong' : 'mapping'} id={feedFieldId('mapping')} tabIndex={-1} aria-label={words.feedForm.sections.table}>
      {fault && <p class="fault-text" role="alert">{fault}</p>}
      <p class="actions">
        <button type="button" disabled={fetching || !address.trim()} onClick={() => void fetchIt()}>{fetching ? t.fetching : t.fetch}</button>
        <span class="muted" role="status">{address.trim() ? told : t.needAddress}</span>
      </p>
      <label>{t.paste}<textarea rows={4} class="code" spellcheck={false} value={sample} onInput={(e) => take(e.currentTarget.value)} /></label>
      <div class="two">
        <label>{t.kind}
          <select value={mapping.kind} onChange={(e) => set({ kind: e.currentTarget.value as TableMapping['kind'] })}>{Object.entries(t.kinds).map(([k, name]) => <option key={k} value={k}>{name}</option>)}</select>
        </label>
        {mapping.kind === 'csv' ? (
          <>
            <label>{t.delimiter}
              <select value={mapping.delimiter} onChange={(e) => set({ delimiter: e.currentTarget.value })}>
                {!(mapping.delimiter in t.delimiters) && <option value={mapping.delimiter}>{mapping.delimiter}</option>}
                {Object.entries(t.delimiters).map(([k, name]) => <option key={k} value={k}>{name}</option>)}
              </select>
            </label>
            <label>{t.headerLine}<input type="number" min="0" max="1000" value={mapping.headerLine} onInput={(e) => set({ headerLine: Math.max(0, Math.floor(e.currentTarget.valueAsNumber || 0)) })} /><small class="muted">{t.headerHint}</small></label>
            <label>{t.encoding}<select value={mapping.encoding} onChange={(e) => set({ encoding: e.currentTarget.value })}>{[...new Set([mapping.encoding, ...encodings])].map((name) => <option key={name}>{name}</option>)}</select></label>
          </>
        ) : <label>{t.rowsAt}<input value={mapping.rows} placeholder={t.wholeDocument} spellcheck={false} onInput={(e) => set({ rows: e.currentTarget.value.trim() })} /></label>}
      </div>
      {sample.trim() && <SampleTable table={table} />}
      <Columns mapping={mapping} table={table} set={set} />
      <StationPlaces mapping={mapping} table={table} onChange={onChange} />
      <ValueRows values={mapping.values} columns={table.columns} onChange={(values) => set({ values })} onAdd={() => set({ values: [...mapping.values, newValue('', 'Stage')] })} />
      <RawMapping mapping={mapping} onChange={onChange} />
    </section>
  );
}

function SampleTable({ table }: { table: Table }) {
  if (table.rows.length === 0) return <p class="fault-text">{t.noRows}</p>;
  return (
    <>
      <p class="muted">{t.seen(table.rows.length, table.columns.length)}{table.columns.length === 1 && <b class="fault-text"> {t.oneColumn}</b>}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t.sample}>
        <table><thead><tr>{table.columns.map((c) => <th key={c} scope="col">{c}</th>)}</tr></thead>
          <tbody>{table.rows.slice(0, 5).map((row, i) => <tr key={i}>{table.columns.map((c, j) => <td key={c}>{(row[j] ?? '').slice(0, 60)}</td>)}</tr>)}</tbody></table>
      </div>
    </>
  );
}

function Columns({ mapping, table, set }: { mapping: TableMapping; table: Table; set(part: Partial<TableMapping>): void }) {
  const [own, setOwn] = useState(mapping.timeFormat !== null && !(timeFormats as readonly string[]).includes(mapping.timeFormat));
  const firstTime = mapping.time === null ? '' : (table.rows[0]?.[table.columns.indexOf(mapping.time)] ?? '');
  const column = (field: 'station' | 'name' | 'longitude' | 'latitude' | 'river' | 'timeOfDay', none = t.none) =>
    <ColumnChoice label={t[field]} value={mapping[field]} columns={table.columns} none={none} onChange={(value) => set({ [field]: value })} />;
  const chooseTime = (time: string | null) => set({ time, timeFormat: time === null ? null : guessTimeFormat(table.rows[0]?.[table.columns.indexOf(time)]?.trim() ?? '') });
  return (
    <>
      <h3>{t.columns}</h3>
      {table.columns.length > 0 && <p class="muted">{t.guessed}</p>}
      <div class="two">
        {column('station', t.oneStation)}{column('name')}{column('longitude')}{column('latitude')}{column('river')}
        <ColumnChoice label={t.time} value={mapping.time} columns={table.columns} none={null} onChange={chooseTime} />
        {column('timeOfDay')}
        <label>{t.timeFormat}
          <select value={own ? 'own' : (mapping.timeFormat ?? '')} onChange={(e) => { const v = e.currentTarget.value; setOwn(v === 'own'); if (v !== 'own') set({ timeFormat: v || null }); }}>
            <option value="">{t.iso}</option>
            {timeFormats.map((f) => <option key={f} value={f}>{f === 'unix' ? t.unix : f === 'unix-ms' ? t.unixMs : f}</option>)}
            <option value="own">{t.ownFormat}</option>
          </select>
          {firstTime && <small class="muted">{t.firstTime(firstTime)}</small>}
        </label>
        {own && <label>{t.ownFormatLabel}<input value={mapping.timeFormat ?? ''} placeholder="yyyy-MM-dd HH:mm zzz" spellcheck={false} onInput={(e) => set({ timeFormat: e.currentTarget.value || null })} /></label>}
        <label>{t.missing}<input value={mapping.missing.join(' ')} spellcheck={false} onChange={(e) => set({ missing: e.currentTarget.value.split(/\s+/).filter(Boolean) })} /><small class="muted">{t.missingHint}</small></label>
      </div>
      <label class="tick-line"><input type="checkbox" checked={mapping.decimalComma} onChange={(e) => set({ decimalComma: e.currentTarget.checked })} /> {t.decimalComma}</label>
    </>
  );
}
