// Drawn for this project: one idea each, 48 px, in the text's own colour so that they survive print, dark mode and colour blindness.
import type { ComponentChildren } from 'preact';
import type { PictogramName } from '../pure/doNow';

/** Strokes only; `o` marks what is filled. Arrows here mean places, not "next", so they are not mirrored in right-to-left scripts. */
const drawings: Record<PictogramName, ComponentChildren> = {
  uphill: <><path d="M4 43 L44 43 L44 22 Z" class="o" /><circle cx="20" cy="9" r="4" class="o" /><path d="M19 15 L17 24 L23 29 M17 24 L12 33 M18 17 L26 21 M37 13 V3 M32 8 L37 3 L42 8" /></>,
  indoors: <><path d="M5 22 L24 6 L43 22 M10 19 V42 H38 V19" /><circle cx="24" cy="23" r="3.5" class="o" /><path d="M24 28 V36 M19 31 H29 M24 36 L20 42 M24 36 L28 42" /></>,
  leave: <><path d="M22 6 H7 V42 H22" /><circle cx="22" cy="14" r="3.5" class="o" /><path d="M21 19 L19 28 L25 33 L24 40 M19 28 L13 34 M20 21 L27 25 M31 24 H44 M38 18 L44 24 L38 30" /></>,
  river: <><path d="M4 26 q5 -6 10 0 t10 0 t10 0 t10 0 M4 36 q5 -6 10 0 t10 0 t10 0 t10 0" /><path d="M17 17 l14 -6 v8" /><circle cx="24" cy="8" r="3" class="o" /></>,
  noDrive: <><path d="M8 27 L12 17 H34 L40 27 V33 H8 Z M8 27 H40" /><circle cx="15" cy="34" r="3.5" class="o" /><circle cx="33" cy="34" r="3.5" class="o" /><path d="M4 42 q5 -5 10 0 t10 0 t10 0 t10 0" /></>,
  power: <><path d="M16 5 V15 M32 5 V15 M11 15 H37 V23 A13 13 0 0 1 11 23 Z M24 36 V45" /></>,
  boil: <><path d="M9 22 H39 V34 A4 4 0 0 1 35 38 H13 A4 4 0 0 1 9 34 Z M5 22 H43 M17 16 q-4 -4 0 -8 M24 16 q-4 -4 0 -8 M31 16 q-4 -4 0 -8 M14 44 H34" /></>,
  medicine: <><path d="M6 16 H42 V41 H6 Z M17 16 V8 H31 V16" /><path d="M24 22 V35 M17.5 28.5 H30.5" /></>,
  radio: <><path d="M5 18 H43 V41 H5 Z M10 18 L36 5" /><circle cx="15" cy="29.5" r="6" /><path d="M27 25 H38 M27 30 H38 M27 35 H34" /></>,
  neighbours: <><circle cx="15" cy="12" r="5" class="o" /><circle cx="34" cy="17" r="4" class="o" /><path d="M7 42 V28 A8 8 0 0 1 23 28 V42 M28 42 V31 A6 6 0 0 1 41 31 V42 M22 27 L29 30" /></>,
  phone: <><path d="M12 6 L19 8 L20 17 L15 20 C18 27 21 30 28 33 L31 28 L40 29 L42 36 C40 41 36 43 31 42 C17 38 9 29 6 16 C6 11 8 8 12 6 Z" /></>,
  act: <><circle cx="24" cy="24" r="19" /><path d="M24 12 V27" /><circle cx="24" cy="34.5" r="2.2" class="o" /></>,
};

/** These say "not" by themselves. */
const always: ReadonlySet<PictogramName> = new Set(['noDrive']);

export function Pictogram({ name, dont = false }: { name: PictogramName; dont?: boolean }) {
  return (
    <svg class="pictogram" viewBox="0 0 48 48" width="56" height="56" aria-hidden="true" focusable="false">
      {drawings[name]}
      {(dont || always.has(name)) && <><path class="gap" d="M7 41 L41 7" /><path class="bar" d="M7 41 L41 7" /></>}
    </svg>
  );
}
