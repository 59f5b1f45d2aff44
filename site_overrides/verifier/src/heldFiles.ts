import type { Fetched } from './boundedFetch.ts';

/** Where the page in one file has the files of its issuers: a data block, each file as base64 by its address as seen from the page. */
const block = document.getElementById('asnad-held');
const files = block && (JSON.parse(block.textContent) as Readonly<Record<string, string>>);

/** The day on which what lies inside this page was signed, `YYYY-MM-DD`; undefined for a page that asks its site. */
export const heldAsOf = block?.dataset['asOf'];

const decoded = new Map<string, Fetched>();

/** Give a file that lies inside this page; null where the page has to ask its site for files. */
export function heldFile(address: string): Fetched | null {
  if (files === null || decoded.has(address)) return decoded.get(address) ?? null;
  const file = Object.hasOwn(files, address) ? { bytes: Uint8Array.from(atob(files[address]!), (byte) => byte.charCodeAt(0)), held: true } : 'absent';
  decoded.set(address, file);
  return file;
}
