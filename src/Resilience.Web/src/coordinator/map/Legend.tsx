import { levels, severities, severityClass } from '../../shared/severity';
import { Cup } from '../parts/Cup';
import { SeverityBadge } from '../parts/SeverityBadge';
import { filter, phoneTab, tab } from '../state/selection';
import { words } from '../words';
import { siteLetters } from './exposed';
import { inView, legendOpen, sitesInView } from './state';

const densitySteps = ['5–9', '10–49', '50–199', '200+'];

/** Built from what is in view: nobody should learn symbols that are not there. A class opens its list. */
export function Legend() {
  const view = inView.value;
  const open = (next: typeof tab.value) => { tab.value = next; filter.value = ''; phoneTab.value = 'list'; };
  const gaugeLevels = levels.map((level) => ({ level, count: view.stations.filter((s) => s.level === level && !s.silent && s.judged !== false).length })).filter((x) => x.count > 0);
  const levelName = (level: (typeof levels)[number]): string => (view.stations.some((s) => s.level === level && s.judged !== false && s.weather) ? words.levelOfAll : words.levelLong)[level];
  const silent = view.stations.filter((s) => s.silent).length;
  const unjudged = view.stations.filter((s) => !s.silent && s.judged === false).length;
  const areas = (items: typeof view.zones) => severities.map((s) => ({ s, count: items.filter((i) => i.severity === s).length })).filter((x) => x.count > 0);
  const bubbles = [true, false].flatMap((verified) => severities.map((s) => ({ s, verified, count: view.incidents.filter((i) => i.severity === s && (i.verified ?? false) === verified).length }))).filter((x) => x.count > 0);
  const empty = gaugeLevels.length === 0 && silent === 0 && unjudged === 0 && view.zones.length === 0 && view.alerts.length === 0 && bubbles.length === 0 && view.extents.length === 0 && view.density.length === 0 && sitesInView.value.length === 0;
  return (
    <div class="legend">
      <button type="button" class="legend-head" aria-expanded={legendOpen.value} onClick={() => (legendOpen.value = !legendOpen.value)}>{words.map.legend} <span class="muted">{words.inView.toLocaleLowerCase()}</span></button>
      {legendOpen.value && (
        <ul>
          {gaugeLevels.map(({ level, count }) => <Item key={level} count={count} onOpen={() => open('gauges')} symbol={<Cup level={level} silent={false} size={18} />} name={levelName(level)} />)}
          {unjudged > 0 && <Item count={unjudged} onOpen={() => open('gauges')} symbol={<Cup level="None" silent={false} judged={false} size={18} />} name={words.notJudgedLong} />}
          {silent > 0 && <Item count={silent} onOpen={() => open('gauges')} symbol={<Cup level="None" silent size={18} />} name={words.silentOrNew} />}
          {areas(view.zones).map(({ s, count }) => <Item key={`z${s}`} count={count} onOpen={() => open('alerts')} symbol={<span class={`swatch swatch-${s} ${severityClass(s)}`} />} name={`${words.map.layer.zones}: ${words.severity[s]}`} />)}
          {areas(view.alerts).map(({ s, count }) => <Item key={`a${s}`} count={count} onOpen={() => open('alerts')} symbol={<SeverityBadge severity={s} size={18} label={false} />} name={`${words.map.layer.alerts}: ${words.severity[s]}`} />)}
          {bubbles.map(({ s, verified, count }) => <Item key={`i${s}${verified}`} count={count} onOpen={() => open('incidents')} symbol={<span class={`bubble ${verified ? 'verified ' : ''}${severityClass(s)}`}>{verified ? '✓' : '?'}</span>} name={`${words.map.incidentOf(verified)}: ${words.severity[s]}`} />)}
          {view.extents.some((e) => e.solid) && <Item count={view.extents.filter((e) => e.solid).length} onOpen={() => open('alerts')} symbol={<span class="swatch swatch-seen" />} name={words.map.layer.extents} />}
          {view.extents.some((e) => !e.solid) && <Item count={view.extents.filter((e) => !e.solid).length} onOpen={() => open('alerts')} symbol={<span class="swatch swatch-frame" />} name={words.extent.frame} />}
          {densitySteps.map((step, tone) => ({ step, tone, count: view.density.filter((d) => d.solid && d.tone === tone).length })).filter((x) => x.count > 0)
            .map(({ step, tone, count }) => <Item key={`d${tone}`} count={count} onOpen={() => open('alerts')} symbol={<span class={`swatch swatch-crowd tone-${tone}`} />} name={words.density.legend(step)} />)}
          {view.density.some((d) => !d.solid) && <Item count={view.density.filter((d) => !d.solid).length} onOpen={() => open('alerts')} symbol={<span class="swatch swatch-crowd-wide" />} name={words.density.wide} />}
          {sitesInView.value.map(({ kind, count }) => <li key={`x${kind}`} class="legend-item">{<span class="site-letter" aria-hidden="true">{siteLetters[kind] ?? '•'}</span>}<span>{words.risk.site[kind] ?? kind}</span><b>{count}</b></li>)}
          {empty && <li class="muted">{words.map.nothingInView}</li>}
        </ul>
      )}
    </div>
  );
}

function Item({ symbol, name, count, onOpen }: { symbol: preact.ComponentChildren; name: string; count: number; onOpen(): void }) {
  return <li><button type="button" class="legend-item" onClick={onOpen}>{symbol}<span>{name}</span><b>{count}</b></button></li>;
}
