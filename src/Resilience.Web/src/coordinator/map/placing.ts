/** Where a small box goes beside a point of the map: away from the nearest edges, so that no panel cuts it off. */
export function besidePoint(at: { x: number; y: number }, size: { width: number; height: number }, gap = 14): Record<string, string> {
  const side: Record<string, string> = at.x > size.width / 2 ? { right: `${size.width - at.x + gap}px` } : { left: `${at.x + gap}px` };
  return at.y > size.height / 2 ? { ...side, bottom: `${size.height - at.y + gap}px` } : { ...side, top: `${at.y + gap}px` };
}

/** For a box of known width that stands under or over the point: inside the map, whatever the point. */
export function overPoint(at: { x: number; y: number }, size: { width: number; height: number }, width: number, margin = 8): Record<string, string> {
  const left = `${Math.max(margin, Math.min(size.width - width - margin, at.x - width / 2))}px`;
  const below = at.y <= size.height / 2;
  return { left, [below ? 'top' : 'bottom']: `${(below ? at.y : size.height - at.y) + margin}px`, 'max-block-size': `${Math.max(120, (below ? size.height - at.y : at.y) - 2 * margin)}px` };
}
