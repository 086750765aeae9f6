import { useState } from 'preact/hooks';
import { ageWords } from '../state/format';
import { gauges } from '../state/gauges';
import { alerts, density, extents, incidents, posts, stations, zones } from '../state/layers';
import { words } from '../words';
import { sourceNames, type SourceName } from './drawn';
import { boundsOf, type Bounds } from './geometry';
import { exposedShown, visible } from './state';

const layerOf = { stations, zones, alerts, incidents, posts, extents, density };

/** On or off, opacity, how old, and where to look; a layer that this person may not see stays listed and says why. */
export function LayerPanel({ onOpacity, onGoTo }: { onOpacity(source: SourceName, opacity: number): void; onGoTo(box: Bounds): void }) {
  const [opacity, setOpacity] = useState(100);
  const byFeed = new Map<string, GeoJSON.Geometry[]>();
  for (const g of gauges.value) if (g.position) byFeed.set(g.station.feedName, [...(byFeed.get(g.station.feedName) ?? []), { type: 'Point', coordinates: g.position }]);
  return (
    <div class="layer-panel">
      {[...sourceNames].reverse().map((name) => {
        const changed = layerOf[name].changedAt.value;
        return (
          <div key={name} class="layer-line">
            <label><input type="checkbox" checked={visible.value[name]} onChange={(e) => (visible.value = { ...visible.value, [name]: e.currentTarget.checked })} /> {words.map.layer[name]}</label>
            <span class="muted">{layerOf[name].refused.value ? words.map.restricted : changed === null ? words.notice.loading : ageWords(changed)}</span>
          </div>
        );
      })}
      <div class="layer-line"><label><input type="checkbox" checked={exposedShown.value} onChange={(e) => (exposedShown.value = e.currentTarget.checked)} /> {words.map.exposed}</label></div>
      <label class="layer-line">{words.map.zoneOpacity} <input type="range" min="20" max="100" step="10" value={opacity} onInput={(e) => { const v = Number(e.currentTarget.value); setOpacity(v); onOpacity('zones', v / 100); }} /></label>
      {byFeed.size > 1 && (
        <div class="go-to"><span class="muted">{words.map.goTo}</span>
          {[...byFeed].map(([name, points]) => <button key={name} type="button" class="small" onClick={() => { const box = boundsOf(points); if (box) onGoTo(box); }}>{name}</button>)}
        </div>
      )}
    </div>
  );
}
