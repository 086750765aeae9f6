import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { goBack } from '../../shared/phone/route';
import { words } from '../words';
import { Icon } from '../../shared/phone/Icon';

interface Props { title: string; exercise?: boolean; children: ComponentChildren; /** Stands above the headline: how bad, and who says so. */ before?: ComponentChildren; foot?: ComponentChildren }

/** A page below the start page: Back, a headline that takes the focus, content, and what stays in reach of the thumb. */
export function Page({ title, exercise = false, children, before, foot }: Props) {
  const headline = useRef<HTMLHeadingElement>(null);
  useEffect(() => { headline.current?.focus({ preventScroll: true }); }, []);
  useTitle(title, exercise);
  return (
    <div class={exercise ? 'page hatch-frame' : 'page'}>
      <header class="page-head">
        <button type="button" class="back" onClick={goBack}><Icon name="back" /> {words.back}</button>
      </header>
      <main class="page-body">
        {before}
        <h1 ref={headline} tabIndex={-1}>{title}</h1>
        {children}
      </main>
      {foot !== undefined && <div class="foot" role="region" aria-label={words.reach}>{foot}</div>}
    </div>
  );
}

/** The tab says it too, because an exercise seen in a list of tabs must not look real. */
export function useTitle(title: string, exercise = false): void {
  useEffect(() => {
    document.title = `${exercise ? `${words.exercisePrefix} – ` : ''}${title}`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = exercise ? '/icons/exercise.svg' : '/icons/resilience.svg';
  }, [title, exercise]);
}
