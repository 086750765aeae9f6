/**
 * Texts of a face. Each face has `words/en.ts` exporting one object of strings and functions of values; another language is another
 * object of the same type, so a missing text does not compile. Functions, not placeholders: word order and plurals differ.
 */
export interface Language<T> { tag: string; name: string; dir: 'ltr' | 'rtl'; words: T }

/** The first of the person's languages that we have; the first of ours otherwise. */
export function chooseLanguage<T>(languages: readonly Language<T>[], wanted: readonly string[]): Language<T> {
  for (const tag of wanted) {
    const exact = languages.find((l) => l.tag.toLowerCase() === tag.toLowerCase());
    const base = languages.find((l) => l.tag.split('-')[0] === tag.split('-')[0]);
    if (exact ?? base) return (exact ?? base)!;
  }
  return languages[0]!;
}

/** Tells the browser, voices and style sheets which language the page is in. */
export function applyLanguage<T>(language: Language<T>): void {
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.dir;
}
