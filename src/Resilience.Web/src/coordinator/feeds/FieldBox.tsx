import type { ComponentChildren } from 'preact';
import { feedFieldId, type Field } from './definition';

interface BoxProps { field: Field; label: string; hint?: string | undefined; fault?: string | undefined; children?: ComponentChildren }

/** A label, what it is for, and what is wrong with it: all three are read out with the field. */
export function FieldBox({ field, label, hint, fault, children }: BoxProps) {
  const id = feedFieldId(field);
  return (
    <div class={fault ? 'field field-wrong' : 'field'}>
      <label for={id}>{label}</label>
      {children}
      {hint && <p class="hint muted" id={`${id}-hint`}>{hint}</p>}
      {fault && <p class="fault-text" id={`${id}-fault`} role="alert">{fault}</p>}
    </div>
  );
}

const described = (field: Field, hint?: string, fault?: string): string | undefined =>
  [hint && `${feedFieldId(field)}-hint`, fault && `${feedFieldId(field)}-fault`].filter(Boolean).join(' ') || undefined;

interface TextProps { field: Field; label: string; value: string; hint?: string; fault?: string | undefined; type?: 'text' | 'url'; inputMode?: 'decimal' | 'url' | 'text'; disabled?: boolean; list?: string; required?: boolean; onInput(value: string): void }

export function TextField({ field, label, value, hint, fault, type = 'text', inputMode, disabled, list, required, onInput }: TextProps) {
  return (
    <FieldBox field={field} label={label} hint={hint} fault={fault}>
      <input id={feedFieldId(field)} type={type} value={value} inputMode={inputMode} disabled={disabled} list={list} required={required} autocomplete="off" spellcheck={false}
        aria-invalid={fault ? true : undefined} aria-describedby={described(field, hint, fault)} onInput={(e) => onInput(e.currentTarget.value)} />
    </FieldBox>
  );
}
