import { AnswerButtons } from '../parts/AnswerButtons';
import { Page } from '../parts/Page';
import { Steps } from '../parts/Steps';
import { guides, type Advice } from '../guidance/en';
import { words } from '../words';

/** One danger. "During" stands first: who opens this in need has no time to scroll. */
export function GuideScreen({ id }: { id: string }) {
  const guide = guides.find(g => g.id === id);
  if (guide === undefined) return <Page title={words.advice.title}><a class="button" href="#/advice">{words.back}</a></Page>;
  return (
    <Page title={guide.name} foot={<AnswerButtons />}>
      <p class="lead">{guide.sign}</p>
      <Part title={words.advice.during} advice={guide.during} />
      <Part title={words.advice.before} advice={guide.before} />
      <Part title={words.advice.after} advice={guide.after} />
    </Page>
  );
}

function Part({ title, advice }: { title: string; advice: readonly Advice[] }) {
  return <section class="guide"><h2>{title}</h2><Steps lang={words.locale} steps={advice.map(a => ({ ...a, dont: /\bNOT\b/.test(a.text) }))} /></section>;
}
