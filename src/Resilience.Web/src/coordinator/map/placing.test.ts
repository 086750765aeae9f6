import { describe, expect, it } from 'vitest';
import { besidePoint, overPoint } from './placing';

const size = { width: 700, height: 800 };

describe('a box beside a point of the map', () => {
  it('stands right of and below a point at the upper left', () => expect(besidePoint({ x: 100, y: 100 }, size)).toEqual({ left: '114px', top: '114px' }));
  it('stands left of a point near the right edge, where a panel would cut it off', () => expect(besidePoint({ x: 690, y: 100 }, size)).toEqual({ right: '24px', top: '114px' }));
  it('stands above a point near the lower edge', () => expect(besidePoint({ x: 100, y: 790 }, size)).toEqual({ left: '114px', bottom: '24px' }));
  it('with a known width never leaves the map at either side', () => {
    expect(overPoint({ x: 5, y: 100 }, size, 272).left).toBe('8px');
    expect(overPoint({ x: 695, y: 100 }, size, 272).left).toBe('420px');
  });
  it('has no more height than the map leaves it', () => expect(overPoint({ x: 350, y: 700 }, size, 272)).toMatchObject({ bottom: '108px', 'max-block-size': '684px' }));
});
