import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// Recomputes the contrast of every pair the faces use, from the style sheet that is shipped.
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const block = (start: RegExp): Record<string, string> => {
  const from = css.search(start);
  const body = css.slice(css.indexOf('{', from), css.indexOf('}', from));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((m) => [m[1]!, m[2]!]));
};
const light = block(/^:root \{/m);
const themes = {
  light,
  'dark by switch': { ...light, ...block(/^:root\[data-theme="dark"\] \{\s*--map|^:root\[data-theme="dark"\] \{\n/m) },
  'dark by device': { ...light, ...block(/ {2}:root:not\(\[data-theme="light"\]\) \{\n/) },
};

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: string, b: string): number => {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x! + 0.05) / (y! + 0.05);
};

describe.each(Object.entries(themes))('%s', (_name, t) => {
  const grounds = ['map', 'panel', 'surface'];
  const text = [
    ...grounds.flatMap((g) => ['text', 'muted', 'accent', 'fault', 'safe'].map((c) => [c, g])),
    ...['extreme', 'severe', 'moderate', 'minor', 'unknown'].flatMap((s) => [[`on-${s}`, s], [`${s}-outline`, `${s}-tint`], ['text', `${s}-tint`], ['muted', `${s}-tint`]]),
    ['on-accent', 'accent'], ['on-fault', 'fault'], ['on-send', 'send'],
  ];
  it.each(text)('text %s on %s reaches 4.5', (a, b) => expect(contrast(t[a!]!, t[b!]!)).toBeGreaterThanOrEqual(4.5));
  const symbols = grounds.flatMap((g) => [...['extreme', 'severe', 'moderate', 'minor', 'unknown'].map((s) => `${s}-outline`), 'control', 'fault', 'observed'].map((c) => [c, g]));
  it.each(symbols)('symbol %s on %s reaches 3', (a, b) => expect(contrast(t[a!]!, t[b!]!)).toBeGreaterThanOrEqual(3));
});

it('has the same dark theme by switch and by device', () => expect(themes['dark by switch']).toEqual(themes['dark by device']));
it('really read the dark theme', () => expect(themes['dark by switch'].panel).not.toBe(light.panel));
