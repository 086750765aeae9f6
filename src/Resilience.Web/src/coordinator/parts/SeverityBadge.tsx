import type { CapSeverity } from '../../shared/api';
import { severityClass } from '../../shared/severity';
import { words } from '../words';

/** Shape and sign differ for each severity, so that the badge is read without its colour. */
const shapes: Record<CapSeverity, { path: string; sign: string; y: number }> = {
  Extreme: { path: 'M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9z', sign: '!!', y: 16.5 },
  Severe: { path: 'M12 .8 23.2 12 12 23.2.8 12z', sign: '!', y: 16.5 },
  Moderate: { path: 'M12 2 23 21.5H1z', sign: '', y: 18 },
  Minor: { path: 'M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21z', sign: 'i', y: 16.5 },
  Unknown: { path: 'M2.5 2.5h19v19h-19z', sign: '?', y: 16.5 },
};

export function SeverityBadge({ severity, size = 22, label = true }: { severity: CapSeverity; size?: number; label?: boolean }) {
  const shape = shapes[severity];
  return (
    <svg class={`badge ${severityClass(severity)}`} width={size} height={size} viewBox="0 0 24 24" role={label ? 'img' : undefined} aria-label={label ? words.severity[severity] : undefined} aria-hidden={label ? undefined : true}>
      <path d={shape.path} fill="var(--fill)" stroke="var(--outline)" stroke-width="1.5" stroke-dasharray={severity === 'Unknown' ? '3 2' : undefined} />
      <text x="12" y={shape.y} text-anchor="middle" font-size="13" font-weight="800" fill="var(--on-fill)">{shape.sign}</text>
    </svg>
  );
}
