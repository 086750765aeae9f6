// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LayerChange } from '../../shared/api';

vi.stubGlobal('navigator', { languages: ['en'] });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
const wired: { apply: (name: string, change: LayerChange) => boolean }[] = [];
vi.mock('../../shared/liveLayers', () => ({ LiveLayers: class { constructor(to: { apply: (name: string, change: LayerChange) => boolean }) { wired.push(to); } } }));
const get = vi.fn();
vi.mock('../../shared/client', () => ({ server: { get } }));
vi.useFakeTimers();

const { setChainClock, chainNow, presentNow } = await import('../../shared/chainClock');
const { feedsHeard, heldBack, list, onLayerChange, past, zones, drafts } = await import('./layers');
const { backToNow, forecasts, lookAt, moment } = await import('./moment');
const { screen } = await import('./selection');

const feature = (id: string, title: string): string => JSON.stringify({ type: 'Feature', id, geometry: null, properties: { id, title } });
const change = (from: number, version: number, ...upsert: string[]): LayerChange => ({ from, version, upsert, remove: [] } as unknown as LayerChange);
const hear = (name: string, c: LayerChange): void => { wired[0]!.apply(name, c); vi.advanceTimersByTime(600); };
const titles = (): string[] => list(zones).map((f) => f.properties.title);
const answer = (ahead: boolean, ...features: string[]) => ({ time: '', now: '', ahead, layers: { 'risk.zones': { type: 'FeatureCollection', features: features.map((f) => JSON.parse(f) as unknown) } } });
const settle = async (): Promise<void> => { await vi.advanceTimersByTimeAsync(300); };

beforeEach(() => {
  setChainClock('2026-05-01T12:00:00Z', 1);
  hear('risk.zones', change(0, 1, feature('z', 'now')));
  hear('warnings.drafts', change(0, 1, feature('d', 'draft')));
});
afterEach(() => { backToNow(); get.mockReset(); screen.value = { name: 'board' }; });

describe('another moment', () => {
  it('knows the feeds although of feeds of posts no past is kept', async () => {
    hear('observations.feeds', change(0, 1, feature('f', 'now')));
    expect(feedsHeard.value).toBe(false);
    hear('reports.feeds', change(0, 1, feature('p', 'now')));
    expect(feedsHeard.value).toBe(true);
    get.mockResolvedValue({ ...answer(false), layers: { 'observations.feeds': { type: 'FeatureCollection', features: [JSON.parse(feature('f', 'then'))] } } });
    lookAt(presentNow() - 3_600_000);
    await settle();
    expect(feedsHeard.value).toBe(true);
  });
  it('shows what was known then, counts its ages from there, and hides what it does not know', async () => {
    get.mockResolvedValue(answer(false, feature('z', 'then')));
    const at = presentNow() - 3_600_000;
    lookAt(at);
    expect(titles()).toEqual(['now']);
    await settle();
    expect(titles()).toEqual(['then']);
    expect(list(drafts)).toEqual([]);
    expect(chainNow()).toBe(at);
    expect(moment.value).toMatchObject({ shown: { at, ahead: false, empty: false }, failed: null });
  });
  it('keeps what comes meanwhile and shows it after going back', async () => {
    get.mockResolvedValue(answer(false, feature('z', 'then')));
    lookAt(presentNow() - 3_600_000);
    await settle();
    hear('risk.zones', change(1, 2, feature('z', 'newer'), feature('y', 'new')));
    expect(titles()).toEqual(['then']);
    expect(heldBack.value).toBe(2);
    const told: string[][] = [];
    const end = onLayerChange((name, diff) => { if (name === 'risk.zones') told.push(diff.upserted); });
    backToNow();
    end();
    expect(titles().sort()).toEqual(['new', 'newer']);
    expect(told).toEqual([['z', 'y']]);
    expect(past.value).toBe(false);
    expect(list(drafts)).toHaveLength(1);
  });
  it('asks only for the last of many moments dragged over', async () => {
    get.mockResolvedValue(answer(false));
    for (let minutes = 60; minutes > 20; minutes -= 10) lookAt(presentNow() - minutes * 60_000);
    await settle();
    expect(get).toHaveBeenCalledTimes(1);
    expect(moment.value!.shown!.empty).toBe(true);
  });
  it('does not take stations that had never spoken for knowledge', async () => {
    const silent = { type: 'FeatureCollection', features: [{ id: 's', properties: { time: null } }] };
    get.mockResolvedValue({ ...answer(false), layers: { 'risk.zones': { type: 'FeatureCollection', features: [] }, 'observations.stations': silent } });
    lookAt(presentNow() - 3_600_000);
    await settle();
    expect(moment.value!.shown!.empty).toBe(true);
  });
  it('says when it could not be loaded and goes on showing what it showed', async () => {
    get.mockRejectedValue(new Error('gone'));
    lookAt(presentNow() - 3_600_000);
    await settle();
    expect(moment.value).toMatchObject({ shown: null, failed: 'gone' });
    expect(past.value).toBe(false);
    expect(titles()).toEqual(['now']);
  });
  it('ahead shows forecasts and goes on counting ages from now', async () => {
    const expected = { type: 'FeatureCollection', features: [{ id: 's', properties: { low: 1, middle: 2, high: 3 } }] };
    get.mockResolvedValue({ ...answer(true, feature('z', 'now')), layers: { ...answer(true, feature('z', 'now')).layers, 'hazards.forecasts': expected } });
    lookAt(presentNow() + 99 * 3_600_000);
    await settle();
    expect(forecasts.value.get('s')).toMatchObject({ middle: 2 });
    expect(chainNow()).toBe(presentNow());
    expect(moment.value!.wanted).toBeLessThanOrEqual(presentNow() + 12 * 3_600_000);
  });
  it('ends as soon as somebody writes or approves', async () => {
    get.mockResolvedValue(answer(false));
    lookAt(presentNow() - 3_600_000);
    await settle();
    screen.value = { name: 'approve', draft: 'd' };
    await settle();
    expect(past.value).toBe(false);
    expect(moment.value).toBeNull();
  });
});
