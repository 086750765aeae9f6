import { describe, expect, it } from 'vitest';
import { fromArea, toArea } from './areaOfInterest';

describe('where a feed of warnings is wanted', () => {
  it.each([
    ['', null], [' ; ', null],
    ['BT, BT-33', { box: [], units: ['BT', 'BT-33'], geoJson: null }],
    ['88.7, 26.6, 92.2, 28.4', { box: [88.7, 26.6, 92.2, 28.4], units: [], geoJson: null }],
    ['170 -20 -170 -10', { box: [170, -20, -170, -10], units: [], geoJson: null }],
    ['BT; 88.7 26.6 92.2 28.4; {"type":"Polygon", "note":"a; b"}', { box: [88.7, 26.6, 92.2, 28.4], units: ['BT'], geoJson: '{"type":"Polygon", "note":"a; b"}' }],
    ['1 2 3', { box: [1, 2, 3], units: [], geoJson: null }],
  ])('is read from %j', (text, area) => expect(toArea(text)).toEqual(area));
  it.each(['', 'BT, BT-33', 'BT; 88.7 26.6 92.2 28.4; {"type":"Polygon"}'])('is written as it was: %j', (text) => expect(fromArea(toArea(text))).toBe(text));
});
