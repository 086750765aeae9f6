import { describe, expect, it } from 'vitest';
import { areaKm2, boundsOf, circle, crossesItself, labelPoint, nearestInDirection } from './geometry';

describe('areas', () => {
  it('of a circle are πr²', () => expect(areaKm2(circle([89.6, 27.5], 10)) / (Math.PI * 100)).toBeCloseTo(1, 1));
  it('of a circle close their ring and stay r away', () => {
    const ring = circle([-3.4, 54.7], 5).coordinates[0]!;
    expect(ring[0]).toEqual(ring.at(-1));
    const [, south, , north] = boundsOf([circle([-3.4, 54.7], 5)])!;
    expect((north - south) * 111.2).toBeCloseTo(10, 1);
  });
  it('lose their holes', () => {
    const square = [[0, 0], [0.1, 0], [0.1, 0.1], [0, 0.1], [0, 0]];
    expect(areaKm2({ type: 'Polygon', coordinates: [square, square] })).toBeCloseTo(0);
  });
  it('that cross themselves are found', () => {
    expect(crossesItself([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]])).toBe(true);
    expect(crossesItself([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])).toBe(false);
  });
});

describe('the badge of an area', () => {
  it('stands in its middle', () => expect(labelPoint({ type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]] })).toEqual([1, 1]));
  it('stands on its edge when the middle lies outside', () => expect(labelPoint({ type: 'Polygon', coordinates: [[[0, 0], [4, 0], [4, 1], [1, 1], [1, 4], [0, 4], [0, 0]]] })).toEqual([1, 1]));
});

it('there are no bounds around nothing', () => expect(boundsOf([null])).toBeNull());

describe('the nearest thing in a direction', () => {
  const points = [{ x: 10, y: 0, n: 'east' }, { x: 4, y: -40, n: 'north' }, { x: 0, y: 0, n: 'here' }];
  it('is never the thing itself', () => expect(nearestInDirection({ x: 0, y: 0 }, points, 'ArrowRight')?.n).toBe('east'));
  it('may be far, but not behind', () => {
    expect(nearestInDirection({ x: 0, y: 0 }, points, 'ArrowUp')?.n).toBe('north');
    expect(nearestInDirection({ x: 0, y: 0 }, points, 'ArrowLeft')).toBeNull();
  });
});
