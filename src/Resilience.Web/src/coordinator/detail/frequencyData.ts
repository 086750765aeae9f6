import type { StationFrequency } from '../../shared/api';

/** Gumbel's paper: a Gumbel distribution is a straight line over it. */
export const reduced = (years: number): number => -Math.log(-Math.log(1 - 1 / years));

/** Each year's highest at the return period its rank stands for (Gringorten's positions). */
export function ranked(maxima: StationFrequency['maxima']): { year: number; value: number; years: number }[] {
  const n = maxima.length;
  return [...maxima].sort((a, b) => b.value - a.value || a.year - b.year).map((m, i) => ({ ...m, years: (n + 0.12) / (i + 1 - 0.44) }));
}

export const frame = { width: 360, height: 210, left: 48, right: 350, top: 12, bottom: 178 };
export interface Plot { x: (years: number) => number; y: (value: number) => number; ticks: number[] }

/** Scales that hold the record, the curve and the present value; the band is cut at the frame, a short record's has no end. */
export function plotOf(f: StationFrequency): Plot {
  const from = reduced(1.05);
  const to = reduced(120);
  const values = [...f.maxima.map((m) => m.value), ...f.levels.map((l) => l.value), ...(f.current ? [f.current.value] : [])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.15 || 1;
  const [bottom, top] = [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
  const within = (v: number): number => Math.min(frame.bottom, Math.max(frame.top, v));
  return {
    x: (years) => frame.left + ((reduced(Math.max(1.05, Math.min(120, years))) - from) / (to - from)) * (frame.right - frame.left),
    y: (value) => within(frame.bottom - ((value - bottom) / (top - bottom)) * (frame.bottom - frame.top)),
    ticks: ticksOf(bottom, top),
  };
}

/** Three to six round values between two others. */
export function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((k) => k >= rough) ?? rough;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}
