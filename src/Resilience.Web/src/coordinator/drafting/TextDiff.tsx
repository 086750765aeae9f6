import type { Alert, Draft } from '../../shared/api';
import { languageName, roughPeople, timeOrDay } from '../state/format';
import { words } from '../words';

const t = words.approve;

/** What is new against the alert before: line by line, changed lines with both versions. */
export function TextDiff({ before, after }: { before: Alert; after: Draft }) {
  const lines: [string, string, string][] = [
    [words.draft.severity, words.severity[before.severity], words.severity[after.severity]],
    [words.draft.areaDesc, before.areaDesc, after.areaDesc],
    [words.alert.valid, timeOrDay(before.expires), timeOrDay(after.expires)],
    ['', words.detail.people(roughPeople(before.people)), words.detail.people(roughPeople(after.people))],
    ...after.texts.flatMap((text): [string, string, string][] => {
      const old = before.texts.find((x) => x.language === text.language);
      return (['headline', 'description', 'instruction'] as const).map((part) => [`${languageName(text.language)}: ${words.draft[part]}`, old?.[part] ?? '', text[part]]);
    }),
  ];
  return (
    <dl class="diff">
      {lines.map(([name, old, now], i) => (
        <div key={i}><dt>{name}</dt>{old === now ? <dd class="muted">{t.same}</dd> : <><dd><del>{old}</del></dd><dd><ins>{now}</ins></dd></>}</div>
      ))}
    </dl>
  );
}
