import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ObservationPoint, Threshold } from '../../shared/api';
import { chainNow } from '../../shared/chainClock';
import { severityOfLevel } from '../../shared/severity';
import { number, unitWords } from '../state/format';
import { isDark } from '../state/theme';
import { words } from '../words';
import { toSeries, withBand, yRange, type Band } from './hydrographData';

/** Room right of NOW for the thresholds' names: the newest values stay free. */
const labelShare = 0.3;

interface ChartProps { points: ObservationPoint[]; thresholds: Threshold[]; everySeconds: number; unit: string; band: Band | null }

/** The drawing only; the sentence and the table beside it carry the same for those who cannot see it. */
export function HydrographChart(props: ChartProps) {
  const ref = useRef<HTMLDivElement>(null);
  const dark = isDark.value;
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const plot = draw(box, props);
    const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 240 }));
    watch.observe(box);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [props.points, props.thresholds.map((x) => x.level + x.value).join(), props.band, dark]);
  return <div class="chart" ref={ref} aria-hidden="true" />;
}

function draw(box: HTMLElement, { points, thresholds, everySeconds, unit, band }: ChartProps): uPlot {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const series = toSeries(points, everySeconds);
  const [low, high] = withBand(yRange(points, thresholds), band);
  const anySuspect = series.suspect.some((v) => v !== null);
  const now = chainNow() / 1000;
  const first = series.time[0]!;
  const end = Math.max(now, series.time.at(-1)!, band?.time.at(-1) ?? 0);
  const axis = { stroke: token('muted'), grid: { stroke: token('rule'), width: 1 }, ticks: { stroke: token('rule'), width: 1 }, font: '12px system-ui, sans-serif' };
  return new uPlot({
    width: box.clientWidth, height: 240, legend: { show: true, live: true }, cursor: { points: { size: 8 } }, padding: [10, 22, 0, 0],
    scales: { x: { time: true, range: () => [first, end + (end - first) * labelShare] }, y: { range: () => [low, high] } },
    axes: [{ ...axis, values: timeTicks }, { ...axis, size: 52 }],
    series: [
      { label: words.hydrograph.time },
      { label: `${words.hydrograph.observed} (${unitWords(unit)})`, stroke: token('observed'), width: 2, spanGaps: false, points: { show: points.length < 220, size: 4, fill: token('observed') }, value: (_u, v) => (v == null ? '–' : number(v)) },
      ...(anySuspect ? [{ label: words.hydrograph.suspect, stroke: token('fault'), width: 0, paths: () => null, points: { show: true, size: 8, stroke: token('fault'), fill: 'transparent', width: 2 }, value: (_u: uPlot, v: number | null) => (v == null ? '–' : number(v)) } satisfies uPlot.Series] : []),
    ],
    hooks: { drawClear: [(u) => thresholdBands(u, thresholds, token)], draw: [(u) => { if (band) forecastBand(u, band, token('observed')); thresholdLines(u, thresholds, token); nowLine(u, now, token('text')); }] },
  }, [series.time, series.value, ...(anySuspect ? [series.suspect.map((v) => (v === null ? null : Math.min(high, Math.max(low, v))))] : [])] as uPlot.AlignedData, box);
}

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
/** Midnight is a day's name, every other tick a time of day. */
const timeTicks = (_u: uPlot, ticks: number[]): string[] => ticks.map((s) => {
  const date = new Date(s * 1000);
  return date.getHours() === 0 && date.getMinutes() === 0 ? day.format(date) : clock.format(date);
});

const inPlot = (u: uPlot, t: Threshold): boolean => t.value >= (u.scales['y']!.min ?? 0) && t.value <= (u.scales['y']!.max ?? 0);
const colour = (t: Threshold, part: 'outline' | 'fill', token: (n: string) => string): string => {
  const severity = severityOfLevel[t.level];
  if (!severity) return token('control');
  return token(part === 'fill' ? severity.toLowerCase() : `${severity.toLowerCase()}-outline`);
};

/** A faint band above each threshold up to the next. */
function thresholdBands(u: uPlot, thresholds: Threshold[], token: (n: string) => string): void {
  const { left, top, width } = u.bbox;
  const sorted = [...thresholds].sort((a, b) => a.value - b.value);
  sorted.forEach((t, i) => {
    const from = Math.min(u.valToPos(t.value, 'y', true), top + u.bbox.height);
    const to = Math.max(sorted[i + 1] ? u.valToPos(sorted[i + 1]!.value, 'y', true) : top, top);
    if (from <= to) return;
    u.ctx.save();
    u.ctx.globalAlpha = 0.14;
    u.ctx.fillStyle = colour(t, 'fill', token);
    u.ctx.fillRect(left, to, width, from - to);
    u.ctx.restore();
  });
}

function thresholdLines(u: uPlot, thresholds: Threshold[], token: (n: string) => string): void {
  const { ctx, bbox } = u;
  const scale = devicePixelRatio;
  for (const t of thresholds.filter((x) => inPlot(u, x))) {
    const y = Math.round(u.valToPos(t.value, 'y', true));
    ctx.save();
    ctx.strokeStyle = colour(t, 'outline', token);
    ctx.lineWidth = 1.5 * scale;
    if (t.assumed) ctx.setLineDash([6 * scale, 4 * scale]);
    ctx.beginPath(); ctx.moveTo(bbox.left, y); ctx.lineTo(bbox.left + bbox.width, y); ctx.stroke();
    const label = `${words.level[t.level]} ${number(t.value)}${t.assumed ? ` (${words.detail.assumed})` : ''}`;
    ctx.font = `600 ${11 * scale}px system-ui, sans-serif`;
    ctx.textAlign = 'right';
    // Inside the plot, with a ground of its own so that the line of values never runs through the words.
    const x = bbox.left + bbox.width - 4 * scale;
    const w = ctx.measureText(label).width;
    ctx.fillStyle = token('surface'); ctx.globalAlpha = 0.85;
    ctx.fillRect(x - w - 3 * scale, y - 15 * scale, w + 6 * scale, 14 * scale);
    ctx.globalAlpha = 1; ctx.fillStyle = colour(t, 'outline', token);
    ctx.fillText(label, x, y - 4 * scale);
    ctx.restore();
  }
}

/** Drawn over the plot and not as series: its hours have no observation, and the legend of values stays that of what was measured. */
function forecastBand(u: uPlot, band: Band, color: string): void {
  const { ctx } = u;
  const x = band.time.map((at) => u.valToPos(at, 'x', true));
  const y = (values: number[]): number[] => values.map((v) => u.valToPos(v, 'y', true));
  const [low, middle, high] = [y(band.low), y(band.middle), y(band.high)];
  ctx.save();
  ctx.beginPath();
  x.forEach((at, i) => (i === 0 ? ctx.moveTo(at, high[i]!) : ctx.lineTo(at, high[i]!)));
  for (let i = x.length - 1; i >= 0; i--) ctx.lineTo(x[i]!, low[i]!);
  ctx.closePath();
  ctx.fillStyle = ctx.strokeStyle = color;
  ctx.globalAlpha = 0.25; ctx.fill();
  ctx.globalAlpha = 0.9; ctx.lineWidth = devicePixelRatio; ctx.stroke();
  ctx.setLineDash([5 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.beginPath();
  x.forEach((at, i) => (i === 0 ? ctx.moveTo(at, middle[i]!) : ctx.lineTo(at, middle[i]!)));
  ctx.stroke();
  ctx.restore();
}

function nowLine(u: uPlot, now: number, color: string): void {
  const x = u.valToPos(now, 'x', true);
  if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
  const scale = devicePixelRatio;
  u.ctx.save();
  u.ctx.strokeStyle = u.ctx.fillStyle = color;
  u.ctx.lineWidth = scale;
  u.ctx.setLineDash([2 * scale, 3 * scale]);
  u.ctx.beginPath(); u.ctx.moveTo(x, u.bbox.top); u.ctx.lineTo(x, u.bbox.top + u.bbox.height); u.ctx.stroke();
  u.ctx.font = `700 ${10 * scale}px system-ui, sans-serif`;
  u.ctx.textAlign = 'right';
  u.ctx.fillText(words.hydrograph.now, x - 3 * scale, u.bbox.top + u.bbox.height - 5 * scale);
  u.ctx.restore();
}
