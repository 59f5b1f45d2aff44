import type { Language } from './messages.ts';

export type ToolWords = (typeof import('../../messages/en.json'))['verifier']['tools'];

/** The build writes tool-words.js beside this script, having checked that every language has all of the texts. */
declare const asnadToolWords: Readonly<Record<Language, ToolWords>>;

/** Give the words of the tools in a reader's language. */
export function toolWordsOf(language: Language): ToolWords {
  return asnadToolWords[language]!;
}
