import { concatBytes } from './bytes.ts';

/**
 * Read a body, but never more of it than a limit.
 *
 * @param limit Bytes.
 * @returns null where the body is longer.
 */
export async function boundedBytes(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return concatBytes(...parts);
}

/** What came of asking for a file: its bytes, and whether they come from this device. */
export type Fetched = 'absent' | 'unreachable' | { readonly bytes: Uint8Array; readonly held: boolean };

/** Header that the service worker puts on what it gives from the device; with it the page asks for nothing else. */
export const HELD_HEADER = 'x-asnad-held';

/**
 * Fetch a file of this origin within bounds of bytes and time.
 *
 * @param address An address relative to the page.
 * @param limit Bytes; of a longer file only that it is longer is given, and every reader refuses it.
 * @param patience Milliseconds for the whole file.
 * @param heldOnly Whether only what this device holds is wanted; where no service worker answers, the site does.
 */
export async function boundedFetch(address: string, limit: number, patience: number, heldOnly = false): Promise<Fetched> {
  const url = new URL(address, document.baseURI);
  if (url.origin !== location.origin) return 'absent';
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patience);
  try {
    const headers = heldOnly ? { [HELD_HEADER]: '1' } : {};
    const response = await fetch(url, { headers, cache: 'no-cache', redirect: 'error', signal: abort.signal });
    if (!response.ok) return 'absent';
    const bytes = (await boundedBytes(response, limit)) ?? new Uint8Array(limit + 1);
    return { bytes, held: response.headers.has(HELD_HEADER) };
  } catch {
    return 'unreachable';
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}
