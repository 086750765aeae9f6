import { useEffect, useState } from 'preact/hooks';
import type { NearAlert } from '../../shared/api';
import { AlertTools } from '../parts/AlertTools';
import { AnswerButtons } from '../parts/AnswerButtons';
import { AreaMap } from '../parts/AreaMap';
import { Page } from '../parts/Page';
import { Steps } from '../parts/Steps';
import { SeverityBadge } from '../../shared/phone/SeverityBadge';
import { severityClass } from '../../shared/severity';
import { isExercise, withoutFrame, periodText, sentText, whereText } from '../alertText';
import { findGuide } from '../guidance/en';
import { momentText } from '../../shared/phone/age';
import { listSteps } from '../pure/doNow';
import { now, status } from '../../shared/phone/clock';
import { check, findAlert, watch } from '../state/watch';
import { words } from '../words';

/** One alert in full: who says so, what, what it will do, where, what to do, until when. */
export function AlertScreen({ id }: { id: string }) {
  const [alert, setAlert] = useState<NearAlert | null | 'looking'>('looking');
  const checking = check.value === 'checking' || check.value === 'idle';
  const kept = watch.value;
  // A notice may open this page before the first check is back: "not here" is said only once the check has ended.
  useEffect(() => { void findAlert(id).then(found => { if (found !== null || !checking) setAlert(found); }); }, [id, kept, checking]);
  if (alert === 'looking') return <div class="skeleton page-body" aria-busy="true"><span /><span /><span /></div>;
  if (alert === null) return <Page title={words.alert.gone}><p>{words.alert.goneDetail}</p><a class="button" href="#/now">{words.back}</a></Page>;
  return <Known alert={alert} />;
}

function Known({ alert }: { alert: NearAlert }) {
  const exercise = isExercise(alert);
  const over = alert.msgType === 'Cancel' || Date.parse(alert.expires) <= now();
  const guide = findGuide(alert.event);
  const where = whereText(alert);
  return (
    <Page title={`${exercise ? `${words.exercisePrefix} – ` : ''}${exercise ? withoutFrame(alert.text.headline) : alert.text.headline}`} exercise={exercise} foot={<AnswerButtons alert={alert.id} />} before={<>
      {exercise && <div class="hatch-bar over-headline"><span class="plate">{words.exercisePlate}</span></div>}
      {over
        ? <div class="bar over" role="status"><p><strong>{words.alert.over}.</strong> {words.alert.overDetail(momentText(Date.parse(alert.expires), now(), words.days, words.locale))}</p></div>
        : <p class={`band first ${severityClass(alert.severity)}`}><SeverityBadge severity={alert.severity} size={34} /><span class="band-text">{words.severity[alert.severity]}</span></p>}
      <p class="who">{status.value?.site} <span class="muted">· {sentText(alert)}</span></p>
    </>}>
      <article class="alert">
        {alert.text.description !== '' && <p class="impact" lang={alert.text.language} dir="auto">{exercise ? withoutFrame(alert.text.description) : alert.text.description}</p>}
        <h2>{words.alert.where}</h2>
        <p dir="auto">{alert.areaDesc}{where !== null && <strong class="distance"> {where}</strong>}</p>
        {!over && alert.text.instruction !== '' && <>
          <h2>{words.alert.doNow}</h2>
          <Steps steps={listSteps(exercise ? withoutFrame(alert.text.instruction) : alert.text.instruction)} lang={alert.text.language} />
        </>}
        <h2>{words.alert.until}</h2>
        <p class="until">{periodText(alert)}</p>
        <AlertTools alert={alert} />
        <AreaMap alert={alert} />
        {guide !== null && <p><a href={`#/advice/${guide.id}`}>{words.alert.moreAdvice(guide.name)}</a></p>}
        <p><a href={alert.url}>{words.alert.page}{alert.languages.length > 1 && ` (${alert.languages.join(', ')})`}</a></p>
      </article>
    </Page>
  );
}
