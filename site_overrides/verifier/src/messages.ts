export type Messages = (typeof import('../../messages/en.json'))['verifier'];

export type Language = 'en' | 'ur';

/** The build writes messages.js beside this script, having checked that every language has all of the texts. */
declare const asnadMessages: Readonly<Record<Language, Messages>>;
const LANGUAGES = asnadMessages;

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
  return { language, locale: LOCALES[language], direction: DIRECTIONS[language], messages: LANGUAGES[language] };
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
  return LANGUAGE_TAGS[0] ?? 'en';
}
