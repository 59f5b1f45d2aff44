import { type Content, filled, foreign } from './elements.ts';
import { chooseLanguage, LANGUAGE_TAGS, type Language } from './messages.ts';

type File = typeof import('../../messages/en.json');

type KeyOf<Texts> = {
  [Name in keyof Texts & string]: Texts[Name] extends string ? Name : `${Name}.${KeyOf<Texts[Name]>}`;
}[keyof Texts & string];

/** The texts with which certificates are drawn and dates are written, under keys with dots. */
export type CertificateWords = Readonly<Record<KeyOf<File['certificate']> | keyof File['formats'], string>>;

/** The build writes certificateWords.js beside this script, having checked that every language has all of the texts. */
declare const asnadCertificateWords: Readonly<Record<Language, CertificateWords>>;

/** Give the words of a language that the page has. */
export function certificateWords(language: Language): CertificateWords {
  return asnadCertificateWords[language]!;
}

/** Choose the language in which a certificate is drawn: its own, or else English. */
export function languageOfCertificate(inLanguage: string | null): Language {
  return chooseLanguage([inLanguage, ...LANGUAGE_TAGS.filter((tag) => tag === 'en')]);
}

/** Put signed texts into the places of a sentence, each with its own direction. */
export function say(sentence: string, values: Readonly<Record<string, string>> = {}): readonly Content[] {
  return filled(sentence, Object.fromEntries(Object.entries(values).map(([name, text]) => [name, foreign(text)])));
}
