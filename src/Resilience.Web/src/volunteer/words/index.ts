import { chooseLanguage, type Language } from '../../shared/words';
import { en, type Words } from './en';

const offered: readonly Language<Words>[] = [{ tag: 'en', name: 'English', dir: 'ltr', words: en }];

export const language = chooseLanguage(offered, typeof navigator === 'undefined' ? [] : navigator.languages);
export const words: Words = language.words;
