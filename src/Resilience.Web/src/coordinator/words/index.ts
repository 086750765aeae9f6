import { chooseLanguage, type Language } from '../../shared/words';
import { en, type Words } from './en';

/** Add a language here and as `words/TAG.ts`; TypeScript says which texts it lacks. */
export const languages: readonly Language<Words>[] = [{ tag: 'en', name: 'English', dir: 'ltr', words: en }];

export const language = chooseLanguage(languages, navigator.languages);
export const words: Words = language.words;
