// The severity's silhouette: octagon, diamond, triangle, circle, square. Told apart without colour, at 24 px and in print.
import type { CapSeverity } from '../api';
import { severityClass } from '../severity';

const shapes: Record<CapSeverity, { outline: string; mark: string }> = {
  Extreme: { outline: 'M8.5 1.5 H15.5 L22.5 8.5 V15.5 L15.5 22.5 H8.5 L1.5 15.5 V8.5 Z', mark: '!!' },
  Severe: { outline: 'M12 1 L23 12 L12 23 L1 12 Z', mark: '!' },
  Moderate: { outline: 'M12 2 L22.5 21.5 H1.5 Z', mark: '' },
  Minor: { outline: 'M12 1.5 A10.5 10.5 0 1 1 11.99 1.5 Z', mark: 'i' },
  Unknown: { outline: 'M2 2 H22 V22 H2 Z', mark: '?' },
};

export function SeverityBadge({ severity, size = 28 }: { severity: CapSeverity; size?: number }) {
  const { outline, mark } = shapes[severity];
  return (
    <svg class={`badge ${severityClass(severity)}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={outline} />
      {mark !== '' && <text x="12" y="16.8" text-anchor="middle">{mark}</text>}
    </svg>
  );
}
