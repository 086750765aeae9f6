import type { StationForecast } from '../../shared/api';
import { people, percent, quantity, timeOrDay } from '../state/format';
import { words } from '../words';

const t = words.forecast;
const share = (p: number): string => `${percent(Math.round(p * 100))} %`;

/** The forecast in words, and how good earlier ones were: a band without its record is a promise nobody can check. */
export function ForecastWords({ forecast }: { forecast: StationForecast }) {
  const last = forecast.leads.at(-1);
  if (!last) return <p class="muted">{t.none(forecast.why)}</p>;
  return (
    <>
      <p class="forecast-key"><i class="band-sample" aria-hidden="true" /> {t.legend}</p>
      <ul class="forecast-words">{forecast.leads.map((l) => <li key={l.leadHours}>{t.text(quantity(l.low, forecast.unit), quantity(l.high, forecast.unit), timeOrDay(l.time))}</li>)}</ul>
      <details>
        <summary>{t.howGood}</summary>
        <ul class="forecast-words">{forecast.leads.map((l) => l.skill !== null && (
          <li key={l.leadHours}>{l.skill > 0 ? t.skill(l.leadHours, share(l.skill), people(l.n)) : t.worse(l.leadHours, people(l.n))}</li>
        ))}</ul>
        {last.inside !== null && <p>{t.inside(share(last.inside), last.leadHours)}</p>}
      </details>
    </>
  );
}
