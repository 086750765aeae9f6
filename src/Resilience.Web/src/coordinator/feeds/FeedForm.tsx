import type { FeedFormat } from '../../shared/api';
import { words } from '../words';
import { CoverageEditor } from './CoverageEditor';
import { feedFieldId, rasterFormat, type Entry, type Faults } from './definition';
import { TextField } from './FieldBox';
import { MappingEditor } from './MappingEditor';

const t = words.feedForm;
interface FormProps { entry: Entry; formats: FeedFormat[]; faults: Faults; isNew: boolean; onChange(part: Partial<Entry>): void; onProblem(error: unknown): void }

/** The format first: what is asked after it depends on it. */
export function FeedForm({ entry, formats, faults, isNew, onChange, onProblem }: FormProps) {
  const example = t.examples[entry.format];
  const needsMapping = formats.find((f) => f.name === entry.format)?.needsMapping ?? false;
  const announces = formats.find((f) => f.name === entry.format)?.announces ?? false;
  const raster = entry.format === rasterFormat;
  const choose = (format: string) => {
    const [before, after] = [t.examples[entry.format], t.examples[format]];
    // What a person wrote stays; what the last choice proposed makes way for what this one proposes.
    const proposed = (field: 'credit' | 'licence') => (!entry[field].trim() || entry[field] === before?.[field] ? (after?.[field] ?? '') : entry[field]);
    onChange({ format, ...(formats.find((f) => f.name === format)?.announces ? {} : { area: '' }), credit: proposed('credit'), licence: proposed('licence') });
  };
  const text = (field: 'name' | 'credit' | 'licence' | 'zone' | 'id' | 'stationPrefix', label: string, hint: string, more: { disabled?: boolean; list?: string } = {}) =>
    <TextField field={field} label={label} hint={hint} value={entry[field]} fault={faults[field]} onInput={(value) => onChange({ [field]: value })} {...more} />;
  return (
    <form class="draft-form feed-form" noValidate onSubmit={(e) => e.preventDefault()}>
      <h2>1 {t.sections.format}</h2>
      <fieldset class={faults.format ? 'formats field-wrong' : 'formats'} id={feedFieldId('format')} tabIndex={-1} aria-describedby={faults.format ? 'feed-format-fault' : undefined}>
        <legend class="visually-hidden">{t.sections.format}</legend>
        {formats.map((f) => (
          <label key={f.name} class={entry.format === f.name ? 'format chosen' : 'format'}>
            <input type="radio" name="format" value={f.name} checked={entry.format === f.name} onChange={() => choose(f.name)} />
            <span><b>{f.title}</b><small>{t.formats[f.name] ?? ''}</small></span>
          </label>
        ))}
        {faults.format && <p class="fault-text" id="feed-format-fault" role="alert">{faults.format}</p>}
      </fieldset>
      {!entry.format ? <p class="muted">{t.noFormatYet}</p> : (
        <>
          <h2>2 {t.sections.where}</h2>
          <TextField field="readings" label={announces ? t.warningsAddress : t.readings} type="url" inputMode="url" required value={entry.readings} fault={faults.readings} {...(example ? { hint: t.example(example.readings) } : {})} onInput={(readings) => onChange({ readings })} />
          {!needsMapping && !raster && !announces && <TextField field="stations" label={t.stations} type="url" inputMode="url" value={entry.stations} fault={faults.stations} hint={example?.stations ? t.example(example.stations) : t.stationsHint} onInput={(stations) => onChange({ stations })} />}
          {announces && <TextField field="area" label={t.area} hint={t.areaHint} value={entry.area} fault={faults.area} onInput={(area) => onChange({ area })} />}
          {needsMapping && <><h2>3 {t.sections.table}</h2><MappingEditor mapping={entry.mapping} address={entry.readings} fault={faults.mapping} onChange={(mapping) => onChange({ mapping })} onProblem={onProblem} /></>}
          {raster && <><h2>3 {t.sections.raster}</h2><CoverageEditor entry={entry.coverage} address={entry.readings} fault={faults.coverage} onChange={(coverage) => onChange({ coverage })} /></>}
          <h2>{needsMapping || raster ? 4 : 3} {t.sections.about}</h2>
          {text('name', t.name, t.nameHint)}
          <div class="two">
            {text('credit', t.credit, t.creditHint)}
            {text('licence', t.licence, t.licenceHint)}
          </div>
          <TextField field="minutes" label={t.minutes} inputMode="decimal" value={entry.minutes} fault={faults.minutes} hint={t.minutesHint} onInput={(minutes) => onChange({ minutes })} />
          <h2>{needsMapping || raster ? 5 : 4} {t.sections.more}</h2>
          {!announces && text('zone', t.zone, t.zoneHint, { list: 'feed-zones' })}
          <datalist id="feed-zones">{zones().map((zone) => <option key={zone} value={zone} />)}</datalist>
          <div class="two">
            {text('id', t.id, t.idHint, { disabled: !isNew })}
            {!announces && text('stationPrefix', t.stationPrefix, t.prefixHint)}
          </div>
          <label class={entry.exercise ? 'drill-mark hatched' : 'drill-mark'}>
            <input type="checkbox" checked={entry.exercise} onChange={(e) => onChange({ exercise: e.currentTarget.checked })} aria-describedby="feed-drill-hint" /> {t.exercise}
            <small class="muted" id="feed-drill-hint">{t.exerciseHint}</small>
          </label>
        </>
      )}
    </form>
  );
}

/** Where the person sits is the likeliest answer, then UTC, then whatever they type. */
const zones = (): string[] => [...new Set([Intl.DateTimeFormat().resolvedOptions().timeZone, '+00:00', '+01:00', '+05:45', '+06:00', '+09:00', '-05:00'])].filter(Boolean);
