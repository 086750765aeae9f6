// The few small signs beside words. Always decoration: the word next to it says the same.
const paths = {
  back: 'M15 4 L7 12 L15 20',
  next: 'M9 4 L17 12 L9 20',
  down: 'M5 9 L12 16 L19 9',
  search: 'M10.5 4 A6.5 6.5 0 1 1 10.49 4 Z M15.5 15.5 L21 21',
  here: 'M12 2 V6 M12 18 V22 M2 12 H6 M18 12 H22 M12 6 A6 6 0 1 1 11.99 6 Z',
  refresh: 'M20 12 A8 8 0 1 1 17.6 6.3 M18 2 V7 H13',
  tick: 'M4 12.5 L10 18.5 L20 6.5',
  ring: 'M12 2.5 A9.5 9.5 0 1 1 11.99 2.5 Z M12 8 A4 4 0 1 1 11.99 8 Z M5.3 5.3 L9.2 9.2 M18.7 5.3 L14.8 9.2 M5.3 18.7 L9.2 14.8 M18.7 18.7 L14.8 14.8',
  sound: 'M4 9 H8 L13 5 V19 L8 15 H4 Z M16.5 8.5 Q19 12 16.5 15.5 M19 6 Q23 12 19 18',
  noEntry: 'M12 2.5 A9.5 9.5 0 1 1 11.99 2.5 Z M7 12 H17',
  stop: 'M6 6 H18 V18 H6 Z',
  share: 'M12 15 V3 M7.5 7 L12 3 L16.5 7 M6 11 H4 V21 H20 V11 H18',
  map: 'M3 6 L9 3 L15 6 L21 3 V18 L15 21 L9 18 L3 21 Z M9 3 V18 M15 6 V21',
  bell: 'M5 17 H19 L17 14 V9.5 A5 5 0 0 0 7 9.5 V14 Z M10 20 H14 M12 4.5 V2.5',
  book: 'M12 6 C9 4 6 4 3 5 V19 C6 18 9 18 12 20 C15 18 18 18 21 19 V5 C18 4 15 4 12 6 Z V20',
  letter: 'M3 6 H21 V18 H3 Z M3 7 L12 13.5 L21 7',
  clock: 'M12 3 A9 9 0 1 1 11.99 3 Z M12 7 V12 L15.5 14.5',
  cloud: 'M4 4 L20 20 M7.5 8.5 A5 5 0 0 0 7 18 H16 M10.5 6.4 A5.5 5.5 0 0 1 17.6 11 A3.6 3.6 0 0 1 19.8 17.2',
  page: 'M6 3 H14 L19 8 V21 H6 Z M13 3 V9 H19',
  phone: 'M6 3 L10 4 L10.5 8.5 L8 10 C9.5 13.5 10.8 14.8 14 16 L15.5 13.5 L20 14 L21 18 C20 20.5 18 21.5 15.5 21 C8.5 19 4.5 15 3 8 C3 5.5 4 4 6 3 Z',
  close: 'M5 5 L19 19 M19 5 L5 19',
} as const;

export type IconName = keyof typeof paths;

/** `turns` marks an arrow that means "next" or "back": it is mirrored in right-to-left scripts. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  const turns = name === 'back' || name === 'next';
  return (
    <svg class={turns ? 'icon turns' : 'icon'} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
