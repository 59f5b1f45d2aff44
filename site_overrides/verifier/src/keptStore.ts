import type { Input } from './verify.ts';

const PREFIX = 'asnad-kept ';
/** What a browser keeps is bounded, and so is a list that a person can look through. */
export const MOST_KEPT = 200;

/** A certificate as it was given, with a few words to find it by; what it is worth is judged anew each time. */
export interface KeptCertificate {
  /** `id` of the credential. */
  readonly id: string;
  /** When it was kept, an instant. */
  readonly at: string;
  readonly name: string;
  readonly course: string;
  readonly serial: string;
  readonly input: Input;
}

type Kept = Readonly<Record<'at' | 'name' | 'course' | 'serial', string>> & { readonly digits?: string; readonly document?: string };

/** Give this browser's own memory; null where it refuses. */
export function deviceStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Give what is kept, the latest first; what cannot be read is left out. */
export function keptIn(storage: Storage): readonly KeptCertificate[] {
  const kept = idsIn(storage).flatMap((id) => readKept(id, storage.getItem(PREFIX + id)));
  return kept.sort((one, other) => (one.at < other.at ? 1 : -1));
}

/** Tell whether a certificate is kept. */
export function isKept(storage: Storage, id: string): boolean {
  return storage.getItem(PREFIX + id) !== null;
}

/** Keep a certificate, in the place of what was kept of it before. */
export function keep(storage: Storage, { id, input, ...words }: KeptCertificate): 'kept' | 'full' | 'refused' {
  if (!isKept(storage, id) && idsIn(storage).length >= MOST_KEPT) return 'full';
  const given = 'digits' in input ? { digits: input.digits } : { document: new TextDecoder().decode(input.document) };
  try {
    storage.setItem(PREFIX + id, JSON.stringify({ ...words, ...given }));
    return 'kept';
  } catch {
    return 'refused';
  }
}

/** Delete one certificate. */
export function forget(storage: Storage, id: string): void {
  storage.removeItem(PREFIX + id);
}

/** Delete all that was kept, what cannot be read any more too. */
export function forgetAll(storage: Storage): void {
  idsIn(storage).forEach((id) => forget(storage, id));
}

function idsIn(storage: Storage): readonly string[] {
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
}

function readKept(id: string, text: string | null): readonly KeptCertificate[] {
  try {
    const { digits, document, ...words } = JSON.parse(text ?? '') as Kept;
    const { at, name, course, serial } = words;
    if (![at, name, course, serial, digits ?? document].every((part) => typeof part === 'string')) return [];
    const input = digits === undefined ? { document: new TextEncoder().encode(document) } : { digits };
    return [{ id, at, name, course, serial, input }];
  } catch {
    return [];
  }
}
