import { expect, it } from 'vitest';
import type { Damage } from '../../shared/api';
import { damageFrame, damageScale } from './damageData';

const damage: Damage = {
  depthMetres: 9, region: 'Asia', assumption: '', source: '',
  curves: [{ use: 'residential', depths: [0, 3, 6, 12], shares: [0, 0.5, 1, 1], share: 1 }],
};

it('the curve goes from nothing at the floor to everything in deep water', () => {
  const { line } = damageScale();
  expect(line(damage.curves[0]!)).toBe('30.0,128.0 171.0,76.0 312.0,24.0');
});

it('water deeper than the drawing stands at its edge, not outside', () => {
  expect(damageScale().x(damage.depthMetres)).toBe(damageFrame.right);
});
