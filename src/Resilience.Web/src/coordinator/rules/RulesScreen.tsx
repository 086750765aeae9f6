import type { ThresholdSet } from '../../shared/api';
import { Record } from '../detail/RuleRecord';
import { standingLines } from '../detail/standing';
import { Age } from '../parts/Age';
import { Notice } from '../parts/Notice';
import { useResource } from '../state/resource';
import { select, show, signInOpen } from '../state/selection';
import { isCoordinator } from '../state/session';
import { words } from '../words';
import { saysNothing } from './runWords';
import { useRules, Verifying } from './Verifying';

const t = words.verified;
/** As many as the server gives. */
const mostSets = 200;

/** How good each rule was, its verification under way, and the thresholds nobody may take for verified: a screen of its own. */
export function RulesScreen() {
  const rules = useRules();
  const done = rules.data?.map((rule) => rule.run?.state).join() ?? '';
  const sets = useResource<ThresholdSet[]>(isCoordinator.value ? '/hazards/rules/sets' : null, done);
  return (
    <main class="screen">
      <header class="screen-head"><button type="button" class="plain" onClick={() => show({ name: 'board' })}>‹ {words.back}</button><h1>{t.pageTitle}</h1></header>
      {!isCoordinator.value ? <div class="empty"><p>{t.signIn}</p><button type="button" class="primary" onClick={() => (signInOpen.value = true)}>{words.signIn}</button></div> : (
        <div class="rules">
          <p class="muted">{t.pageLead}</p>
          <Notice resource={rules} what={t.page.toLocaleLowerCase()} />
          {rules.data?.map((rule) => (
            <section key={rule.name} class="rule-card" aria-label={t.names[rule.name] ?? rule.name}>
              <h2>{t.names[rule.name] ?? rule.name} <small class="muted">{words.evidence.ruleVersion(rule.name, rule.version)}</small></h2>
              {rule.verification ? <><p>{saysNothing(rule.verification) ? <b class="fault-text">{t.undecided}</b> : <b>{words.thresholds.standing.Verified}</b>} <Age time={rule.verifiedAt} /></p><Record v={rule.verification} /></> : <p><b class="fault-text">{words.thresholds.standing.NeverVerified}.</b> {t.itself}</p>}
              <Verifying rule={rule} onChange={rules.reload} />
              <details><summary>{words.evidence.rule}</summary><p>{rule.text}</p></details>
            </section>
          ))}
          <section class="rule-card" aria-label={t.sets}>
            <h2>{t.sets}</h2>
            <Notice resource={sets} what={words.detail.thresholds.toLocaleLowerCase()} />
            {sets.data?.length === 0 && <p>{t.noSets}</p>}
            {sets.data && sets.data.length >= mostSets && <p class="muted">{t.more(mostSets)}</p>}
            <ul class="standings">{sets.data?.map((set) => (
              <li key={`${set.datastream} ${set.concern}`}>
                <button type="button" class="link" onClick={() => { show({ name: 'board' }); select({ kind: 'station', id: set.station }); }}>{set.stationName}</button> ({words.hazard[set.concern].toLocaleLowerCase()}): <b class={set.standing === 'Verified' ? '' : 'fault-text'}>{words.thresholds.standing[set.standing]}.</b> {set.withoutHistory && standingLines({ ...set, standing: 'WithoutHistory' }).join(' ')}
              </li>
            ))}</ul>
          </section>
        </div>
      )}
    </main>
  );
}
