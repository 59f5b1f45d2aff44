import { Inflate } from 'fflate';

export type InflateResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'too-large' | 'not-inflatable' };

/** Small enough that a slice of the densest input cannot swell far beyond any limit before it is counted. */
const SLICE_BYTES = 64;

class TooLarge extends Error {}

/**
 * Inflate raw DEFLATE (RFC 1951) that ends exactly at the end of the bytes.
 *
 * @param limit Largest number of bytes that is given back; nothing beyond it is inflated.
 * @param dictionary Preset of the compressor.
 */
export function inflate(compressed: Uint8Array, limit: number, dictionary?: Uint8Array): InflateResult {
  try {
    const bytes = inflateWhole(compressed, limit, dictionary);
    return endsAtEnd(compressed, limit, dictionary) ? { ok: true, bytes } : { ok: false, reason: 'not-inflatable' };
  } catch (error) {
    return { ok: false, reason: error instanceof TooLarge ? 'too-large' : 'not-inflatable' };
  }
}

// The library ignores what follows the last block. A stream that is whole without its last byte ends too early.
function endsAtEnd(compressed: Uint8Array, limit: number, dictionary: Uint8Array | undefined): boolean {
  try {
    inflateWhole(compressed.subarray(0, -1), limit, dictionary);
    return false;
  } catch {
    return true;
  }
}

function inflateWhole(compressed: Uint8Array, limit: number, dictionary: Uint8Array | undefined): Uint8Array {
  if (compressed.length === 0) throw new RangeError('no bytes');
  const output = new Uint8Array(limit);
  let length = 0;
  const stream = new Inflate(dictionary === undefined ? {} : { dictionary }, (chunk) => {
    if (length + chunk.length > limit) throw new TooLarge();
    output.set(chunk, length);
    length += chunk.length;
  });
  for (let start = 0; start < compressed.length; start += SLICE_BYTES) {
    const end = start + SLICE_BYTES;
    stream.push(compressed.subarray(start, end), end >= compressed.length);
  }
  return output.subarray(0, length);
}
