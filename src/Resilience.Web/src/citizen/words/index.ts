// A language is offered only when its whole table exists and was checked by people who speak it: a wrong verb in a warning can kill.
import { chooseLanguage, type Language } from '../../shared/words';
import { en, type Words } from './en';

export const offered: readonly Language<Words>[] = [{ tag: 'en', name: 'English', dir: 'ltr', words: en }];

/** Wanted here, but nobody has checked the wording yet. Shown as not offered, so that nobody searches for a hidden switch. */
export const notYet = [{ tag: 'dz', name: 'རྫོང་ཁ', latin: 'Dzongkha' }, { tag: 'ne', name: 'नेपाली', latin: 'Nepali' }] as const;

export const language = chooseLanguage(offered, typeof navigator === 'undefined' ? [] : navigator.languages);
/** Alerts are asked for in the person's own language even where the face cannot speak it yet; the server falls back to English. */
export const alertLanguage = (typeof navigator === 'undefined' ? 'en' : navigator.language || 'en').split('-')[0] as string;
export const words: Words = language.words;
