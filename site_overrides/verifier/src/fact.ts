import { writtenDay, writtenDayIn, writtenInstant } from './dates.ts';
import { type Content, foreign, leftToRight } from './elements.ts';
import type { Reader } from './messages.ts';

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
export function textFact(label: string, text: string | null, write: (text: string) => Content = foreign): readonly Fact[] {
  return text === null ? [] : [{ label, content: [write(text)] }];
}

/** Give a fact for an address, an id or a number to ring, which run from left to right in every language. */
export function codeFact(label: string, text: string | null): readonly Fact[] {
  return textFact(label, text, leftToRight);
}

/** Give a fact for a day of the credential. */
export function dayFact(label: string, day: string | null, { messages }: Reader): readonly Fact[] {
  return textFact(label, day, (text) => writtenDay(text, messages.formats));
}

/** Give a fact for an instant, of the credential or of a list. */
export function instantFact(label: string, instant: string | null, { messages }: Reader): readonly Fact[] {
  return textFact(label, instant, (text) => writtenInstant(text, messages.formats));
}

/** Give a fact for the day that an instant ends at its centre, as the paper has it, with the instant beneath. */
export function lastDayFact(label: string, instant: string | null, timeZone: string, { messages }: Reader): readonly Fact[] {
  const facts = textFact(label, instant, (text) => writtenDayIn(text, messages.formats, timeZone));
  return facts.map((fact) => ({ ...fact, notes: [[writtenInstant(instant!, messages.formats)]] }));
}

/** Give a fact for a number of the credential. */
export function numberFact(label: string, number: number | null): readonly Fact[] {
  return textFact(label, number === null ? null : String(number));
}

/** Set texts in a row, each apart from the next. */
export function inRow(parts: readonly Content[]): readonly Content[] {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [' · ', part]));
}
