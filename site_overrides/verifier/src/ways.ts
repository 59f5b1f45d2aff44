import type { Input } from './verify.ts';

/** What a reader gave to be checked. */
export interface Given {
  readonly input: Input;
  /** Host of the link that was pasted, where it was a link. */
  readonly host: string | null;
}

/** No certificate file may be larger (docs/format.md §1). */
export const FILE_LIMIT = 65_536;

/** Give the digits in a fragment; empty where there are none. */
export function digitsInFragment(fragment: string): string {
  return decoded(fragment.replace(/^#/, '')).trim();
}

/**
 * Understand what was pasted: the text of a file, a link, or digits.
 *
 * @returns null where nothing was pasted.
 */
export function givenInText(text: string): Given | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (trimmed.startsWith('{')) return { input: { document: new TextEncoder().encode(trimmed) }, host: null };
  // Some programs write the # of a link as %23.
  const parts = /^(.*?)(?:#|%23)(.*)$/is.exec(trimmed);
  if (parts === null) return { input: { digits: trimmed }, host: null };
  return { input: { digits: decoded(parts[2]!).trim() }, host: hostOf(parts[1]!) };
}

function hostOf(address: string): string | null {
  try {
    return new URL(address.includes('://') ? address : `https://${address}`).host || null;
  } catch {
    return null;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
