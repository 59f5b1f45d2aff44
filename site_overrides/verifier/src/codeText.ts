import { digitsInFragment, type Given, givenInText } from './ways.ts';

/** What the text of a code, or a text that was pasted, may be: only the first can be checked. */
export type TextKind = 'certificate' | 'number' | 'link' | 'text';

/** Format, dictionary, a signature and one byte more (docs/format.md §4), 17 digits for each 7 bytes. */
const LEAST_DIGITS = 170;
const LONGEST_NUMBER = 60;
const ADDRESS = /^[a-z][a-z0-9+.-]*:|^www\./i;
const NUMBER = /^[\p{L}\p{N}]+([-./_\\][\p{L}\p{N}]+)*$/u;

/** Tell what a text is. */
export function kindOfText(text: string): TextKind {
  const trimmed = text.trim();
  const [, ofLink] = /(?:#|%23)(.*)$/is.exec(trimmed) ?? [];
  const digits = digitsInFragment(ofLink ?? trimmed).replace(/[\s-]/g, '');
  const isDigits = /^\d+$/.test(digits);
  if (isDigits && digits.length >= LEAST_DIGITS) return 'certificate';
  if (ADDRESS.test(trimmed)) return 'link';
  const isNumber = trimmed.length <= LONGEST_NUMBER && /\p{N}/u.test(trimmed) && NUMBER.test(trimmed);
  return ofLink === undefined && (isDigits || isNumber) ? 'number' : 'text';
}

/** What the codes that are in sight together come to. */
export type Sighting =
  | { readonly kind: 'certificate'; readonly given: Given }
  | { readonly kind: 'several' | 'nothing' | 'number' | 'text' }
  | { readonly kind: 'link'; readonly host: string };

/** Find the one certificate among the texts of codes; where there are more, none is chosen. */
export function sightingOf(texts: readonly string[]): Sighting {
  const different = [...new Set(texts)];
  const certificates = new Map(different.filter((text) => kindOfText(text) === 'certificate').map((text) => [digitsOf(text), text]));
  if (certificates.size > 1) return { kind: 'several' };
  const [certificate] = certificates.values();
  if (certificate !== undefined) return { kind: 'certificate', given: givenInText(certificate)! };
  const [other] = different;
  if (other === undefined) return { kind: 'nothing' };
  const kind = kindOfText(other);
  if (kind !== 'link') return { kind: kind === 'number' ? 'number' : 'text' };
  return { kind: 'link', host: hostOf(other) };
}

function digitsOf(text: string): string {
  const input = givenInText(text)!.input;
  return 'digits' in input ? input.digits : text;
}

function hostOf(address: string): string {
  try {
    const { host, protocol } = new URL(address);
    return host || protocol;
  } catch {
    return address.slice(0, LONGEST_NUMBER);
  }
}
