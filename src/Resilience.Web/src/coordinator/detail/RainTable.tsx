import type { AssessmentDetail } from '../../shared/api';
import { quantity } from '../state/format';
import { words } from '../words';
import { limitWords } from './levelWords';

const t = words.evidence.rain;

/** What fell in each window, what of it was not observed, and the thresholds beside it. */
export function RainTable({ sums, unit }: { sums: NonNullable<AssessmentDetail['sums']>; unit: string }) {
  return (
    <table class="compare">
      <caption>{t.title}</caption>
      <thead><tr><th>{t.window}</th><th>{t.fell}</th><th>{t.missing}</th><th>{t.thresholds}</th></tr></thead>
      <tbody>{sums.map((s) => (
        <tr key={s.hours}>
          <th scope="row">{t.hours(s.hours)}{s.decided && <b> {t.decided}</b>}</th>
          <td class="num">{s.missingHours > 0.01 ? t.atLeast(quantity(s.depth, unit)) : quantity(s.depth, unit)}</td>
          <td class="num">{s.missingHours > 0.01 ? t.hours(Math.round(s.missingHours * 100) / 100) : '–'}</td>
          <td>{s.thresholds.map((one) => `${limitWords(one)} ${quantity(one.value, one.unit)}`).join(', ') || '–'}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}
