import { levelWords } from '../detail/levelWords';
import { levels } from '../detail/thresholdEntry';
import { words } from '../words';
import { isDated, type CoverageEntry } from './coverage';
import { feedFieldId } from './definition';

const t = words.coverageForm;
const most = 8;

/** How a raster is read: what its values mean, and from where on they become areas. */
export function CoverageEditor({ entry, address, fault, onChange }: { entry: CoverageEntry; address: string; fault: string | undefined; onChange(next: CoverageEntry): void }) {
  const set = (part: Partial<CoverageEntry>) => onChange({ ...entry, ...part });
  const setClass = (index: number, part: Partial<CoverageEntry['classes'][number]>) => set({ classes: entry.classes.map((c, i) => (i === index ? { ...c, ...part } : c)) });
  const text = (label: string, field: 'band' | 'unit' | 'notSeen' | 'least' | 'stepMinutes' | 'latencyMinutes', hint?: string, numeric = true) => (
    <label class="field">{label}<input value={entry[field]} inputMode={numeric ? 'decimal' : 'text'} autocomplete="off" onInput={(e) => set({ [field]: e.currentTarget.value })} />{hint && <span class="hint muted">{hint}</span>}</label>
  );
  return (
    <div id={feedFieldId('coverage')} tabIndex={-1}>
      <label class="field">{t.quantity}
        <select value={entry.quantity} onChange={(e) => set({ quantity: e.currentTarget.value as CoverageEntry['quantity'] })}>
          {(['FloodExtent', 'RainAccumulation', 'Other'] as const).map((q) => <option key={q} value={q}>{words.extent.quantity[q]}</option>)}
        </select>
      </label>
      <div class="two">{text(t.unit, 'unit', t.unitHint, false)}{text(t.band, 'band')}</div>
      <fieldset class="coverage-classes"><legend>{t.classes}</legend>
        <p>{(['value', 'threshold'] as const).map((by) => <label key={by} class="check"><input type="radio" name="coverage-by" checked={entry.by === by} onChange={() => set({ by })} /> {t.by[by]}</label>)}</p>
        {entry.classes.map((c, i) => (
          <div key={i} class="class-row">
            <label>{t.className}<input value={c.name} maxLength={80} onInput={(e) => setClass(i, { name: e.currentTarget.value })} /></label>
            <label>{entry.by === 'threshold' ? t.atLeast : t.values}<input value={c.value} inputMode={entry.by === 'threshold' ? 'decimal' : 'text'} onInput={(e) => setClass(i, { value: e.currentTarget.value })} /></label>
            {entry.quantity !== 'Other' && (
              <label>{t.raises}<select value={c.raises} onChange={(e) => setClass(i, { raises: e.currentTarget.value as typeof c.raises })}>
                <option value="">{t.raisesNone}</option>
                {levels.map((level) => <option key={level} value={level}>{levelWords(level, entry.quantity === 'RainAccumulation' ? 'HeavyRain' : 'RiverFlood')}</option>)}
              </select></label>
            )}
            <button type="button" class="small" aria-label={t.remove(c.name)} disabled={entry.classes.length === 1} onClick={() => set({ classes: entry.classes.filter((_, other) => other !== i) })}>✕</button>
          </div>
        ))}
        <p><button type="button" class="small" disabled={entry.classes.length === most} onClick={() => set({ classes: [...entry.classes, { name: '', value: '', raises: '' }] })}>+ {t.add}</button></p>
      </fieldset>
      <div class="two">{text(t.notSeen, 'notSeen', t.notSeenHint, false)}{text(t.least, 'least', t.leastHint)}</div>
      {isDated(address) ? <div class="two">{text(t.step, 'stepMinutes')}{text(t.latency, 'latencyMinutes', t.latencyHint)}</div> : <p class="hint muted">{t.datedHint}</p>}
      {fault && <p class="fault-text" role="alert">{fault}</p>}
    </div>
  );
}
