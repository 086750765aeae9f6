import type { Recomputed } from '../../shared/api';
import { people } from '../state/format';
import { words } from '../words';

/** Whether an assessment came out the same when it was reckoned again. */
export function recomputedWords(found: Recomputed): string {
  if (found.same === null) return words.evidence.cannot(found.why ?? '');
  return found.same ? words.evidence.same(people(found.readings)) : words.evidence.differs(found.differs.join(', '));
}
