import { describe, expect, it } from 'vitest';
import { emptyMapping, guessMapping, guessTimeFormat, parseBeginning, readTable, rowPaths, stationsToPlace } from './mapping';

const german = 'Station;Name;Lon;Lat;Datum;Wasserstand;Niederschlag\r\n101;"Wangdue; Bridge";89.9;27.5;23.11.2026 06:00;3,42;-\r\n102;Punakha;89.8;27.6;23.11.2026 06:00;2,10;1,4\r\n';

describe('a sample', () => {
  it('of a CSV is split as the server splits it', () => {
    expect(readTable(german, { ...emptyMapping(), delimiter: ';' }).rows[0]).toEqual(['101', 'Wangdue; Bridge', '89.9', '27.5', '23.11.2026 06:00', '3,42', '-']);
    expect(readTable('a,b\n"say ""no""",2\n', emptyMapping()).rows).toEqual([['say "no"', '2']]);
    expect(readTable('\uFEFF1\t2\n3\t4\n', { ...emptyMapping(), delimiter: 'tab', headerLine: 0 })).toEqual({ columns: ['1', '2'], rows: [['1', '2'], ['3', '4']] });
    expect(readTable('# a note\nx,y\n-,-\n1,2', { ...emptyMapping(), headerLine: 2, firstRow: 4 })).toEqual({ columns: ['x', 'y'], rows: [['1', '2']] });
  });
  it('of JSON shows paths as the server names them', () => {
    const json = JSON.stringify({ meta: [1], data: { rows: [{ properties: { level: 1.5 }, geometry: { coordinates: [89.9, 27.5] } }] } });
    expect(rowPaths(json)).toEqual(['data.rows']);
    expect(readTable(json, { ...emptyMapping(), kind: 'json', rows: 'data.rows' })).toEqual({ columns: ['properties.level', 'geometry.coordinates[0]', 'geometry.coordinates[1]'], rows: [['1.5', '89.9', '27.5']] });
  });
  it('that breaks off keeps what is whole', () => {
    expect(parseBeginning('{"rows":[{"a":1,"t":"]}"},{"a":2},{"a":')).toEqual({ rows: [{ a: 1, t: ']}' }, { a: 2 }] });
    expect(parseBeginning('[[1,2],[3')).toEqual([[1, 2]]);
    expect(parseBeginning('no json')).toBeUndefined();
  });
});

describe('the first guess', () => {
  it('finds columns, comma, time and marks of a table that says what it is', () => {
    expect(guessMapping(german, emptyMapping())).toMatchObject({
      kind: 'csv', delimiter: ';', station: 'Station', name: 'Name', longitude: 'Lon', latitude: 'Lat', time: 'Datum', timeFormat: 'dd.MM.yyyy HH:mm', decimalComma: true, missing: ['-'],
      values: [{ column: 'Wasserstand', property: 'Stage', unit: 'm' }, { column: 'Niederschlag', property: 'Rainfall', unit: 'mm' }],
    });
  });
  it('finds rows and positions in GeoJSON', () => {
    const json = JSON.stringify({ type: 'FeatureCollection', features: [{ geometry: { coordinates: [89.9, 27.5] }, properties: { site_id: 'A', observed_time: '2026-05-01T00:00Z', water_level: 2 } }] });
    expect(guessMapping(json, emptyMapping())).toMatchObject({
      kind: 'json', rows: 'features', station: 'properties.site_id', longitude: 'geometry.coordinates[0]', latitude: 'geometry.coordinates[1]', time: 'properties.observed_time', timeFormat: null,
      values: [{ column: 'properties.water_level', property: 'Stage' }],
    });
  });
  it('leaves what a person chose', () => {
    const chosen = { ...emptyMapping(), delimiter: ';', time: 'Datum', timeFormat: 'own', station: 'Name', values: [{ column: 'Niederschlag', property: 'Stage', unit: 'cm', name: null, code: null, when: null, every: null }] };
    expect(guessMapping(german, chosen)).toMatchObject({ station: 'Name', timeFormat: 'own', values: chosen.values });
  });
  it.each([['2026-05-01T06:00Z', null], ['1780000000', 'unix'], ['1780000000000', 'unix-ms'], ['01/05/2026 06:00', 'dd/MM/yyyy HH:mm'], ['202605010600', 'yyyyMMddHHmm'], ['1.5.2026', null]])('reads %s as %s', (cell, format) =>
    expect(guessTimeFormat(cell)).toBe(format));
});

it('stations that nothing places are listed once each', () => {
  const mapping = { ...emptyMapping(), station: 'id', stations: [{ id: 'B', name: null, longitude: 1, latitude: 1, river: null }] };
  expect(stationsToPlace({ columns: ['id'], rows: [['A'], ['B'], ['A'], ['']] }, mapping).map((s) => s.id)).toEqual(['A']);
});
