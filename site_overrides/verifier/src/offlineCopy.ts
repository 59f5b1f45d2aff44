/** What the service worker and the page tell each other. */

/** A file of the page, relative to the page, and its SHA-256 in hexadecimal digits. */
export interface Part {
  readonly path: string;
  readonly sha256: string;
}

/** What the site build lists in `precache.json`; paths are relative to the verifier. */
export interface Precache {
  readonly version: string;
  readonly shell: readonly Part[];
  /** Large files that are kept once someone has used them. */
  readonly extras: readonly Part[];
  /** Whose files are kept, once they are signed as the page asks for it. */
  readonly issuers: readonly { readonly did: string; readonly rootKeys: readonly string[]; readonly base: string }[];
  readonly data: readonly string[];
}

/** Where the worker answers with what it keeps, beside the page; the site has no such file. */
export const COPY_NAME = 'kept.json';

/** What is kept on this device. */
export interface OfflineCopy {
  readonly precache: Precache;
  /** When the site last answered, by this device's clock, as `Date` writes it in JSON. */
  readonly asked: string;
  /** The issuers whose newest files did not pass, so that older ones are held, or none. */
  readonly refused: readonly string[];
  /** Paths of the large files that someone has used: they are kept, or fetched again at the next occasion. */
  readonly extras: readonly string[];
}

/** Which of the large files to keep from now on, by their paths; this is what the page tells the worker. */
export type Wanted = 'all' | readonly string[];

/** What came of it; this is what the worker answers. */
export type Came = 'newer' | 'same' | 'refused' | 'unreachable';
