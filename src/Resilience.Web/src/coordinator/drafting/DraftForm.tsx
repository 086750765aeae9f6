import { useState } from 'preact/hooks';
import type { Draft, DraftText } from '../../shared/api';
import { inputTime, languageName, zoneOffset } from '../state/format';
import { words } from '../words';
import { AreaField } from './AreaField';
import { fieldId } from './checks';

const t = words.draft;
type Change = (part: Partial<Draft>) => void;

/** The form: where, what, words, when. CAP's own words stand small beside the sentences. */
export function DraftForm({ draft, onChange }: { draft: Draft; onChange: Change }) {
  return (
    <form class="draft-form" onSubmit={(e) => e.preventDefault()}>
      <h2>1 {t.sections.where}</h2>
      <label>{t.areaDesc}<input id={fieldId('areaDesc')} value={draft.areaDesc} onInput={(e) => onChange({ areaDesc: e.currentTarget.value })} /></label>
      <AreaField area={draft.area} zone={draft.zone} onChange={(area) => onChange({ area })} />
      <h2>2 {t.sections.what}</h2>
      <label>{t.event}<input id={fieldId('event')} value={draft.event} onInput={(e) => onChange({ event: e.currentTarget.value })} /></label>
      <div class="two">
        <Choice label={t.urgency} id="urgency" value={draft.urgency} options={t.urgencies} onChange={(v) => onChange({ urgency: v as Draft['urgency'] })} />
        <Choice label={t.severity} id="severity" value={draft.severity} options={t.severities} onChange={(v) => onChange({ severity: v as Draft['severity'] })} />
        <Choice label={t.certainty} id="certainty" value={draft.certainty} options={t.certainties} onChange={(v) => onChange({ certainty: v as Draft['certainty'] })} />
        <Choice label={t.response} id="responseType" value={draft.responseType} options={t.responses} onChange={(v) => onChange({ responseType: v })} />
      </div>
      <h2>3 {t.sections.words}</h2>
      <div id={fieldId('texts')} tabIndex={-1} class="languages">
        {draft.texts.map((text, i) => <TextFields key={i} text={text} onChange={(next) => onChange({ texts: draft.texts.map((x, j) => (j === i ? next : x)) })} />)}
      </div>
      <AddLanguage known={draft.texts} onAdd={(language) => onChange({ texts: [...draft.texts, { language, headline: '', description: '', instruction: '' }] })} />
      <h2>4 {t.sections.when}</h2>
      <div class="two">
        <TimeField label={t.onset} id="onset" value={draft.onset} onChange={(onset) => onChange({ onset })} />
        <TimeField label={t.expires} id="expires" value={draft.expires} onChange={(expires) => expires && onChange({ expires })} />
      </div>
    </form>
  );
}

function Choice({ label, id, value, options, onChange }: { label: string; id: string; value: string; options: Record<string, string>; onChange(value: string): void }) {
  return (
    <label>{label}
      <select id={fieldId(id)} value={value} onChange={(e) => onChange(e.currentTarget.value)}>
        {!(value in options) && <option value={value}>{value}</option>}
        {Object.entries(options).map(([name, sentence]) => <option key={name} value={name}>{sentence} ({name})</option>)}
      </select>
    </label>
  );
}

function TextFields({ text, onChange }: { text: DraftText; onChange(text: DraftText): void }) {
  const id = (part: string) => fieldId(`texts.${text.language}.${part}`);
  return (
    <fieldset id={fieldId(`texts.${text.language}`)} tabIndex={-1}>
      <legend>{languageName(text.language)}</legend>
      <label>{t.headline}<input id={id('headline')} lang={text.language} dir="auto" value={text.headline} onInput={(e) => onChange({ ...text, headline: e.currentTarget.value })} /></label>
      <label>{t.description}<textarea id={id('description')} rows={3} lang={text.language} dir="auto" value={text.description} onInput={(e) => onChange({ ...text, description: e.currentTarget.value })} /></label>
      <label>{t.instruction}<textarea id={id('instruction')} rows={3} lang={text.language} dir="auto" value={text.instruction} onInput={(e) => onChange({ ...text, instruction: e.currentTarget.value })} /></label>
    </fieldset>
  );
}

function AddLanguage({ known, onAdd }: { known: DraftText[]; onAdd(tag: string): void }) {
  const [tag, setTag] = useState('');
  const ok = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && !known.some((x) => x.language === tag);
  return (
    <p class="actions"><label>{t.addLanguage} <input size={6} value={tag} placeholder="dz" onInput={(e) => setTag(e.currentTarget.value.trim())} /></label>
      <button type="button" disabled={!ok} onClick={() => { onAdd(tag); setTag(''); }}>+</button></p>
  );
}

/** Typed in the clock of whoever writes, who has it before them; UTC stands beside it, because an alert crosses zones. */
function TimeField({ label, id, value, onChange }: { label: string; id: string; value: string | null; onChange(value: string | null): void }) {
  const utc = value ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : '';
  return (
    <label>{label}<input id={fieldId(id)} type="datetime-local" value={value ? inputTime(value) : ''} onChange={(e) => onChange(e.currentTarget.value ? new Date(e.currentTarget.value).toISOString() : null)} />
      <small class="muted">{value ? t.utc(utc, zoneOffset(Date.parse(value))) : t.atOnce}</small>
    </label>
  );
}
