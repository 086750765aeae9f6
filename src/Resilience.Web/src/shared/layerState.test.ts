import { describe, expect, it } from 'vitest';
import { applyChange, emptyLayer, isComplete } from './layerState';

const feature = (id: string, name = id): string => JSON.stringify({ type: 'Feature', id, geometry: null, properties: { id, name } });
const snapshot = (...ids: string[]) => ({ from: 0, version: 7, upsert: ids.map((id) => feature(id)), remove: [] });

describe('a layer', () => {
  it('is replaced by a snapshot', () => {
    const first = applyChange(emptyLayer(), snapshot('a', 'b'))!;
    const second = applyChange(first.layer, { ...snapshot('c'), version: 9 })!;
    expect([...second.layer.features.keys()]).toEqual(['c']);
    expect(second.diff.replaced).toBe(true);
  });

  it('takes a change that starts at its version, and leaves the earlier state as it was', () => {
    const before = applyChange(emptyLayer<{ name: string }>(), snapshot('a', 'b'))!.layer;
    const after = applyChange(before, { from: 7, version: 8, upsert: [feature('a', 'new')], remove: ['b', 'unknown'] })!;
    expect(after.layer.features.get('a')!.properties.name).toBe('new');
    expect(after.diff).toEqual({ replaced: false, upserted: ['a'], removed: ['b'] });
    expect(before.features.size).toBe(2);
  });

  it('refuses a change after a gap', () => {
    const layer = applyChange(emptyLayer(), snapshot('a'))!.layer;
    expect(applyChange(layer, { from: 8, version: 9, upsert: [], remove: [] })).toBeNull();
  });

  it('is complete only after the last part of a large snapshot', () => {
    const part = applyChange(emptyLayer(), { from: 0, version: -1, upsert: [feature('a')], remove: [] })!.layer;
    expect(isComplete(part)).toBe(false);
    const whole = applyChange(part, { from: -1, version: 7, upsert: [feature('b')], remove: [] })!.layer;
    expect(isComplete(whole)).toBe(true);
    expect(whole.features.size).toBe(2);
  });

  it('is complete when the server says that nothing is there, and not before', () => {
    expect(isComplete(emptyLayer())).toBe(false);
    expect(isComplete(applyChange(emptyLayer(), { from: 0, version: 0, upsert: [], remove: [] })!.layer)).toBe(true);
  });

  it('keeps the other features when one cannot be read', () => {
    const layer = applyChange(emptyLayer(), { from: 0, version: 1, upsert: ['{broken', feature('a')], remove: [] })!.layer;
    expect([...layer.features.keys()]).toEqual(['a']);
  });
});
