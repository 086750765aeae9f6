import type { CapSeverity, HazardLevel } from '../../shared/api';
import { levels, severities, severityOfLevel } from '../../shared/severity';
import type { Palette } from './palette';

/** Twice the drawn size, so that symbols are sharp on dense screens. */
const ratio = 2;
const cupFill: Record<HazardLevel, number> = { None: 0, Action: 0.25, Minor: 0.5, Moderate: 0.75, Major: 1 };

export interface MapImage { name: string; data: ImageData; pixelRatio: number }
type Draw = (c: CanvasRenderingContext2D) => void;

function image(name: string, size: number, draw: Draw): MapImage {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * ratio;
  const c = canvas.getContext('2d')!;
  c.scale(ratio, ratio);
  draw(c);
  return { name, data: c.getImageData(0, 0, size * ratio, size * ratio), pixelRatio: ratio };
}

/** Cups for gauges, badges and area patterns for severities, bubbles for reports: everything the overlays name. */
export function mapImages(p: Palette): MapImage[] {
  const images = [image('cup-silent', 26, (c) => drawCup(c, p, 'None', true)), image('cup-unjudged', 16, (c) => { c.scale(16 / 26, 16 / 26); drawCup(c, p, 'None', false, false); })];
  for (const level of levels) {
    images.push(image(`cup-${level}`, level === 'None' ? 16 : 26, (c) => {
      if (level === 'None') c.scale(16 / 26, 16 / 26);
      drawCup(c, p, level, false);
    }));
  }
  for (const s of severities) {
    images.push(image(`badge-${s}`, 24, (c) => drawBadge(c, p, s)));
    images.push(image(`incident-Unverified-${s}`, 26, (c) => drawBubble(c, p, s, false)), image(`incident-Verified-${s}`, 26, (c) => drawBubble(c, p, s, true)));
    const pattern = drawPattern[s];
    if (pattern) images.push(image(`pattern-${s}`, pattern.size, (c) => { c.strokeStyle = c.fillStyle = p.severity[s].outline; c.lineWidth = 1; pattern.draw(c, pattern.size); }));
  }
  return images;
}

function drawCup(c: CanvasRenderingContext2D, p: Palette, level: HazardLevel, silent: boolean, judged = true): void {
  const severity = severityOfLevel[level];
  const ramp = severity ? p.severity[severity] : null;
  const inset = (y: number): number => ((y - 4) / 18) * 3;
  const cup = (): void => {
    c.beginPath();
    c.moveTo(4, 4); c.lineTo(7, 22); c.lineTo(19, 22); c.lineTo(22, 4);
  };
  cup(); c.closePath(); c.fillStyle = p.surface; c.fill();
  const top = 22 - 18 * cupFill[level];
  if (ramp && !silent) {
    c.beginPath();
    c.moveTo(4 + inset(top), top); c.lineTo(22 - inset(top), top); c.lineTo(19, 22); c.lineTo(7, 22); c.closePath();
    c.fillStyle = ramp.fill; c.fill();
  }
  c.lineWidth = 2; c.lineJoin = 'round';
  c.strokeStyle = silent ? p.fault : ramp ? ramp.outline : p.control;
  if (silent) c.setLineDash([3, 2.5]);
  else if (!judged) c.setLineDash([2, 3]);
  cup(); c.stroke(); c.setLineDash([]);
  if (silent) text(c, '?', p.fault, 13, 13.5);
  else if (!judged) line(c, 10, 13, 16, 13);
  if (level === 'Moderate') { line(c, 1, 9, 4, 9); line(c, 22, 9, 25, 9); }
  if (level === 'Major') { c.beginPath(); c.moveTo(1, 4); c.quadraticCurveTo(7, -1, 13, 4); c.quadraticCurveTo(19, 9, 25, 4); c.stroke(); }
}

const outlines: Record<CapSeverity, (c: CanvasRenderingContext2D) => void> = {
  Extreme: (c) => polygon(c, [[8, 2], [16, 2], [22, 8], [22, 16], [16, 22], [8, 22], [2, 16], [2, 8]]),
  Severe: (c) => polygon(c, [[12, 1], [23, 12], [12, 23], [1, 12]]),
  Moderate: (c) => polygon(c, [[12, 2], [23, 21.5], [1, 21.5]]),
  Minor: (c) => { c.beginPath(); c.arc(12, 12, 10.5, 0, Math.PI * 2); },
  Unknown: (c) => polygon(c, [[3, 3], [21, 3], [21, 21], [3, 21]]),
};
const signs: Record<CapSeverity, string> = { Extreme: '!!', Severe: '!', Moderate: '', Minor: 'i', Unknown: '?' };

function drawBadge(c: CanvasRenderingContext2D, p: Palette, s: CapSeverity): void {
  outlines[s](c);
  c.fillStyle = p.severity[s].fill; c.fill();
  c.strokeStyle = p.severity[s].outline; c.lineWidth = 1.8;
  if (s === 'Unknown') c.setLineDash([3, 2]);
  c.stroke(); c.setLineDash([]);
  text(c, signs[s], p.severity[s].onFill, 12, 12.5);
}

/** A speech bubble: hollow and dashed until a person verified it. */
function drawBubble(c: CanvasRenderingContext2D, p: Palette, s: CapSeverity, verified: boolean): void {
  c.beginPath(); c.roundRect(2, 3, 22, 15, 5); c.moveTo(8, 18); c.lineTo(8, 24); c.lineTo(14, 18);
  c.fillStyle = verified ? p.severity[s].fill : p.surface; c.fill();
  c.strokeStyle = p.severity[s].outline; c.lineWidth = 2;
  if (!verified) c.setLineDash([3, 2]);
  c.stroke(); c.setLineDash([]);
  text(c, verified ? '✓' : '?', verified ? p.severity[s].onFill : p.severity[s].outline, 13, 11);
}

const drawPattern: Record<CapSeverity, { size: number; draw(c: CanvasRenderingContext2D, n: number): void } | null> = {
  Extreme: { size: 6, draw: (c, n) => { line(c, 0, 0, n, n); line(c, n, 0, 0, n); } },
  Severe: { size: 8, draw: (c, n) => { line(c, -1, n + 1, n + 1, -1); line(c, -1, 1, 1, -1); line(c, n - 1, n + 1, n + 1, n - 1); } },
  Moderate: { size: 10, draw: (c, n) => { c.beginPath(); c.arc(n / 2, n / 2, 1.2, 0, Math.PI * 2); c.fill(); } },
  Minor: { size: 12, draw: (c, n) => line(c, 0, n / 2, n, n / 2) },
  Unknown: null,
};

const line = (c: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void => {
  c.beginPath(); c.moveTo(x1, y1); c.lineTo(x2, y2); c.stroke();
};
const polygon = (c: CanvasRenderingContext2D, points: [number, number][]): void => {
  c.beginPath(); points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y))); c.closePath();
};
const text = (c: CanvasRenderingContext2D, s: string, color: string, x: number, y: number): void => {
  c.font = '800 12px system-ui, sans-serif'; c.textAlign = 'center'; c.textBaseline = 'middle'; c.fillStyle = color; c.fillText(s, x, y);
};
