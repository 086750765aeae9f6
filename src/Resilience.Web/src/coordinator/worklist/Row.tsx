import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CapSeverity } from '../../shared/api';
import { severityClass } from '../../shared/severity';
import { bare, ExercisePlate } from '../parts/Exercise';
import { select, selection, type Selection } from '../state/selection';

interface RowProps { of: Selection; severity: CapSeverity | null; symbol: ComponentChildren; title: string; exercise?: boolean; fault?: boolean; seen?: boolean; children: ComponentChildren; action?: ComponentChildren }

/** One row of a work list: symbol, title, a line of values and age, and at most one action. */
export function Row({ of, severity, symbol, title, exercise = false, fault = false, seen = false, children, action }: RowProps) {
  const ref = useRef<HTMLLIElement>(null);
  const selected = selection.value?.kind === of.kind && selection.value.id === of.id;
  useEffect(() => {
    if (selected) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <li ref={ref} class={`row ${severityClass(severity)} ${selected ? 'selected' : ''} ${fault ? 'row-fault' : ''} ${seen ? 'row-seen' : ''}`}>
      <button type="button" class="row-main" aria-current={selected ? 'true' : undefined} data-row={`${of.kind}/${of.id}`} onClick={() => select(of)}>
        <span class="row-symbol">{symbol}</span>
        <span class="row-body">
          <span class="row-title"><ExercisePlate on={exercise} />{exercise ? bare(title) : title}</span>
          <span class="row-line">{children}</span>
        </span>
      </button>
      {action && <span class="row-action">{action}</span>}
    </li>
  );
}
