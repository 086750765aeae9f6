import { expect, it } from 'vitest';
import { bearing, compassPoint, distanceText, kilometresBetween, roundedForServer } from './position';

const thimphu = { lon: 89.6419, lat: 27.4728 };
const wangdue = { lon: 89.8988, lat: 27.4862 };

it('gives away no more than a square of about 1 km', () => expect(roundedForServer(thimphu)).toEqual({ lon: 89.64, lat: 27.47 }));

it('measures along the earth', () => {
  expect(kilometresBetween(thimphu, wangdue)).toBeCloseTo(25.4, 1);
  expect(compassPoint(bearing(thimphu, wangdue))).toBe('E');
  expect(compassPoint(359)).toBe('N');
});

it.each([[0.01, '50 m'], [0.42, '400 m'], [0.94, '950 m'], [0.96, '1.0 km'], [9.94, '9.9 km'], [31.4, '31 km']])('%d km reads %s', (km, text) => expect(distanceText(km)).toBe(text));
