import type { HazardLevel } from '../../shared/api';
import { severityClass, severityOfLevel } from '../../shared/severity';
import { words } from '../words';

const fillOf: Record<HazardLevel, number> = { None: 0, Action: 0.25, Minor: 0.5, Moderate: 0.75, Major: 1 };

/** The gauge symbol: a cup that fills with the level; dashed with a question mark when the gauge is silent; dotted and empty when no rule judges it. */
export function Cup({ level, silent, judged = true, size = 22 }: { level: HazardLevel; silent: boolean; judged?: boolean; size?: number }) {
  const state = judged ? words.level[level] : words.notJudged;
  const name = silent ? `${words.silentState}, ${state}` : state;
  const top = 21 - 18 * fillOf[level];
  return (
    <svg class={`cup ${severityClass(severityOfLevel[level])}`} width={size} height={size} viewBox="0 0 24 24" role="img" aria-label={name}>
      {!silent && fillOf[level] > 0 && <path d={`M${(3 + ((top - 3) / 18) * 3).toFixed(1)} ${top}H${(21 - ((top - 3) / 18) * 3).toFixed(1)}L18 21H6z`} fill="var(--fill)" />}
      <path d="M3 3 6 21h12l3-18" fill="none" stroke={silent ? 'var(--fault)' : 'var(--outline)'} stroke-width="2" stroke-linejoin="round" stroke-dasharray={silent ? '3 2.5' : judged ? undefined : '1.5 2.5'} />
      {level === 'Moderate' && !silent && <path d="M1 9h3M20 9h3" stroke="var(--outline)" stroke-width="2" />}
      {level === 'Major' && !silent && <path d="M1 3q3-3 5.5 0t5.5 0 5.5 0 5.500 0" fill="none" stroke="var(--outline)" stroke-width="2" />}
      {!judged && !silent && <path d="M9.5 12h5" stroke="var(--outline)" stroke-width="2" />}
      {silent && <text x="12" y="17" text-anchor="middle" font-size="13" font-weight="800" fill="var(--fault)">?</text>}
    </svg>
  );
}
