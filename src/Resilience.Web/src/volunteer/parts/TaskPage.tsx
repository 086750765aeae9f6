import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shared/phone/Icon';
import { goBack } from '../../shared/phone/route';
import { words } from '../words';

interface Props { title: string; exercise: boolean; children: ComponentChildren; foot?: ComponentChildren }

export function TaskPage({ title, exercise, children, foot }: Props) {
  const headline = useRef<HTMLHeadingElement>(null);
  useEffect(() => { headline.current?.focus({ preventScroll: true }); }, []);
  useEffect(() => { document.title = title; return () => { document.title = words.name; }; }, [title]);
  return (
    <div class={exercise ? 'page hatch-frame' : 'page'}>
      <header class="page-head"><button type="button" class="back" onClick={goBack}><Icon name="back" /> {words.back}</button></header>
      <main class="page-body"><h1 ref={headline} tabIndex={-1}>{title}</h1>{children}</main>
      {foot !== undefined && <div class="foot" role="region" aria-label={words.actions}>{foot}</div>}
    </div>
  );
}
