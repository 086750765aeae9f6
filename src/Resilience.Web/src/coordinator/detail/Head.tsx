import type { ComponentChildren } from 'preact';
import { bare, ExercisePlate } from '../parts/Exercise';

export function Head({ symbol, title, sub, exercise = false }: { symbol: ComponentChildren; title: string; sub?: ComponentChildren; exercise?: boolean }) {
  return (
    <header class={exercise ? 'detail-head hatched' : 'detail-head'}>
      <h2>{symbol}<span><ExercisePlate on={exercise} />{exercise ? bare(title) : title}</span></h2>
      {sub && <p class="muted">{sub}</p>}
    </header>
  );
}

/** Name and value in pairs, as a description list. */
export function Facts({ facts }: { facts: [name: string, value: ComponentChildren][] }) {
  return <dl class="facts">{facts.filter(([, v]) => v !== null && v !== '' && v !== undefined && v !== false).map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl>;
}
