/** An arrow towards the place, north up. It points at the world, so it is never mirrored. */
export function Direction({ degrees }: { degrees: number }) {
  return (
    <svg class="direction" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path transform={`rotate(${Math.round(degrees)} 12 12)`} d="M12 2 L19 21 L12 17 L5 21 Z" />
    </svg>
  );
}
