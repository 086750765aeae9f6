import type { Damage as DamageOf } from '../../shared/api';
import { number } from '../state/format';
import { words } from '../words';
import { damageFrame, damageScale } from './damageData';

const t = words.risk;

/** What the water does to homes, as a drawing and in a sentence. */
export function Damage({ damage }: { damage: DamageOf }) {
  const { x, y, line } = damageScale();
  const said = t.curve(number(damage.depthMetres), damage.curves.map((c) => t.destroyed(t.use[c.use] ?? c.use, String(Math.round(c.share * 100)))).join(', '));
  return (
    <details class="section" open><summary>{t.damage}</summary>
      <p class="summary">{said}</p>
      <svg class="frequency-plot damage-plot" viewBox={`0 0 ${damageFrame.width} ${damageFrame.height}`} role="img" aria-label={said}>
        {[0, 50, 100].map((v) => <g key={v}><line class="grid" x1={damageFrame.left} x2={damageFrame.right} y1={y(v / 100)} y2={y(v / 100)} /><text x={damageFrame.left - 4} y={y(v / 100) + 4} text-anchor="end">{v}</text></g>)}
        {[0, 2, 4, 6].map((v) => <text key={v} x={x(v)} y={damageFrame.bottom + 14} text-anchor="middle">{v}</text>)}
        <text x={damageFrame.right} y={damageFrame.height - 2} text-anchor="end">{t.depthAxis}</text>
        <text x={2} y={10}>{t.shareAxis}</text>
        {damage.curves.map((c) => <polyline key={c.use} class={c.use === 'residential' ? 'curve' : 'curve second'} points={line(c)} />)}
        <line class="now" x1={x(damage.depthMetres)} x2={x(damage.depthMetres)} y1={damageFrame.top} y2={damageFrame.bottom} />
        {damage.curves.map((c) => <circle key={c.use} class="year" cx={x(damage.depthMetres)} cy={y(c.share)} r={4} />)}
      </svg>
      <p>{damage.assumption}</p>
      <p class="muted small-line">{damage.region}: {damage.source}</p>
    </details>
  );
}
