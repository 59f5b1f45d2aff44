import { verifier as english } from '../../messages/en.json';
import { verifier as urdu } from '../../messages/ur.json';

export type Messages = typeof english;

const LANGUAGES = { en: english, ur: urdu satisfies Messages } as const;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[];

/** What dates are formatted for: English that is read in Pakistan and beyond puts the day first. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ur: 'ur-PK' };

const DIRECTIONS: Readonly<Record<Language, 'ltr' | 'rtl'>> = { en: 'ltr', ur: 'rtl' };

/** Everything that depends on the reader's language. */
export interface Reader {
  readonly language: Language;
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Messages;
}

/** Give what a reader of a language is shown. */
export function readerOf(language: Language): Reader {
  const messages: Messages = LANGUAGES[language];
  return { language, locale: LOCALES[language], direction: DIRECTIONS[language], messages };
}

/** Give the name of a language in itself. */
export function nameOf(language: Language): string {
  return LANGUAGES[language].language.name;
}

/**
 * Choose the first language that the page has.
 *
 * @param wishes BCP 47 tags, the most wanted first; null where there is no such wish.
 */
export function chooseLanguage(wishes: readonly (string | null)[]): Language {
  for (const wish of wishes) {
    const primary = wish?.toLowerCase().split('-')[0];
    const found = LANGUAGE_TAGS.find((tag) => tag === primary);
    if (found !== undefined) return found;
  }
  return 'en';
}
