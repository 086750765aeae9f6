import { expect, it, vi } from 'vitest';
import type { NeighbourFinding } from '../../shared/api';

vi.stubGlobal('navigator', { languages: ['en'] });
const { comparisonRows, findingWords } = await import('./findingWords');

const finding = (of: Partial<NeighbourFinding>): NeighbourFinding => ({
  id: 'f', station: 't:0', stationName: 'Odd', datastream: 't:0:air', property: 'AirTemperature', kind: 'Apart', since: '2021-05-16T00:00:00Z', until: null, foundAt: '2021-05-16T12:00:00Z',
  rulesVersion: 'x', unit: '°C', at: '2021-05-16T12:00:00Z', value: 30, expected: 20, tolerance: 6, perDay: null,
  neighbours: [{ station: 't:2', name: 'Far', kilometres: 20, value: 18, adjusted: 20 }, { station: 't:1', name: 'Near', kilometres: 10, value: 20, adjusted: 20 }], ...of,
});

it('says by how much a thermometer is above its neighbours and that it neither raises nor clears alone', () => {
  const said = findingWords(finding({}));
  expect(said).toMatch(/Air temperature is 10(\.0+)? °C above/);
  expect(said).toContain('neither raises a warning alone nor ends one');
});

it('says below where it is below, and nothing of consequences once it has ended', () => {
  const said = findingWords(finding({ value: 5, until: '2021-05-17T00:00:00Z' }));
  expect(said).toMatch(/15(\.0+)? °C below/);
  expect(said).toContain('Ended');
  expect(said).not.toContain('neither');
});

it('says of a dry gauge what fell around it, and that rain it does tell is believed', () => {
  const said = findingWords(finding({ kind: 'Dry', property: 'Rainfall', unit: 'mm', value: 0, expected: 24 }));
  expect(said).toMatch(/about 24(\.0+)? mm/);
  expect(said).toContain('Rain it tells is believed');
});

it('says of a drift how far it has gone and how fast', () => {
  const said = findingWords(finding({ kind: 'Drift', value: 4, expected: -0.5, perDay: 0.15, neighbours: [] }));
  expect(said).toMatch(/\+4\.50? °C/);
  expect(said).toContain('+0.15 °C a day');
  expect(comparisonRows(finding({ kind: 'Drift', neighbours: [] }))).toEqual([]);
});

it('compares the station with its neighbours, nearest first, and shows what height made of a value only where it did', () => {
  const rows = comparisonRows(finding({}));
  expect(rows.map((row) => row.name)).toEqual(['Odd', 'Near', 'Far']);
  expect(rows.map((row) => row.adjusted)).toEqual([null, null, 20]);
});
