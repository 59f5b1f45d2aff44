import { type Content, foreign, leftToRight } from './elements.ts';

/** One signed field as people read it. */
export interface Fact {
  readonly label: Content;
  readonly content: readonly Content[];
  /** What belongs to the content and is said more quietly, a line each. */
  readonly notes?: readonly (readonly Content[])[];
  /** `main` for what is compared first, `warning` for what does not agree. */
  readonly weight?: 'main' | 'warning';
}

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** Give a fact for a text of the credential, none where it has no such text. */
export function textFact(label: string, text: string | null): readonly Fact[] {
  return text === null ? [] : [{ label, content: [foreign(text)] }];
}

/** Give a fact for an address, an id or a number to ring, which run from left to right in every language. */
export function codeFact(label: string, text: string | null): readonly Fact[] {
  return text === null ? [] : [{ label, content: [leftToRight(text)] }];
}

/** Set texts in a row, each apart from the next. */
export function inRow(parts: readonly Content[]): readonly Content[] {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [' · ', part]));
}
