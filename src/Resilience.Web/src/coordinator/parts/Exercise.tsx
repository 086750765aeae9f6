import { words } from '../words';

/** A text of a drill without its first and last word EXERCISE, for places where the plate already stands before it. */
export const bare = (text: string): string => text.replace(/^EXERCISE( – |: )/, '').replace(/ ?\(EXERCISE\)/g, '').replace(/ – EXERCISE$/, '');

/** The plate before everything that belongs to a drill. */
export const ExercisePlate = ({ on }: { on: boolean }) => (on ? <span class="exercise-plate">{words.exercise}</span> : null);
