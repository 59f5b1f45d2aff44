type File = typeof import('../../messages/en.json');

/** What messages.js has: the words of tools, of the page in one file and of moved pages go another way. */
export type Messages = Omit<File['verifier'], 'tools' | 'file' | 'moved'> & { readonly formats: File['formats'] };

/** BCP 47 tag of a language that the build has put in; this file is the only one that makes them. */
export type Language = string & { readonly ofThePage: true };

/** The build writes messages.js beside this script, having checked that every language has all of the texts. */
declare const asnadMessages: Readonly<Record<Language, Messages>>;
const LANGUAGES = asnadMessages;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly string[] as readonly Language[];

/** Everything that depends on the reader's language. */
export interface Reader {
  readonly language: Language;
  /** What names of languages are written for. */
  readonly locale: string;
  readonly direction: string;
  readonly messages: Messages;
}

/** Give what a reader of a language is shown. */
export function readerOf(language: Language): Reader {
  const messages = LANGUAGES[language]!;
  const { locale, direction } = messages.language;
  return { language, locale, direction, messages };
}

/** Give the name of a language in itself. */
export function nameOf(language: Language): string {
  return readerOf(language).messages.language.name;
}

/** Give the words for a type that a credential names; undefined where the page has none. */
export function wordFor<Words>(type: string | null, words: Readonly<Record<string, Words>>): Words | undefined {
  return type !== null && Object.hasOwn(words, type) ? words[type] : undefined;
}

/**
 * Choose the first language that the page has.
 *
 * @param wishes BCP 47 tags, the most wanted first; null where there is no such wish.
 */
export function chooseLanguage(wishes: readonly (string | null)[]): Language {
  for (const wish of wishes) {
    const wished = wish?.toLowerCase();
    const primary = wished?.split('-')[0];
    const found = LANGUAGE_TAGS.find((tag) => tag.toLowerCase() === wished) ?? LANGUAGE_TAGS.find((tag) => tag === primary);
    if (found !== undefined) return found;
  }
  return LANGUAGE_TAGS[0]!;
}
