import type { Damage } from '../../shared/api';

export const damageFrame = { width: 320, height: 160, left: 30, right: 312, top: 24, bottom: 128 };

/** The deepest water that is drawn; from there on almost everything is lost. */
const deepest = 6;

/** Pixels of depths (metres) and shares (0 to 1); deeper water stands at the edge. */
export function damageScale() {
  const x = (depth: number): number => damageFrame.left + (Math.min(Math.max(depth, 0), deepest) / deepest) * (damageFrame.right - damageFrame.left);
  const y = (share: number): number => damageFrame.bottom - share * (damageFrame.bottom - damageFrame.top);
  const line = (curve: Damage['curves'][number]): string => curve.depths
    .map((depth, i) => ({ depth, share: curve.shares[i] ?? 0 })).filter((p) => p.depth <= deepest)
    .map((p) => `${x(p.depth).toFixed(1)},${y(p.share).toFixed(1)}`).join(' ');
  return { x, y, line };
}
