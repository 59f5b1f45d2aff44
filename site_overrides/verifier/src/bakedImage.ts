import { credentialsInSvg, isMarkup } from './bakedSvg.ts';
import { equalBytes } from './bytes.ts';

/** The credential as it lies in the picture, byte by byte; or that there is none, that it cannot be read, or that there are more. */
export type Unbaked = { readonly credential: Uint8Array } | 'none' | 'damaged' | 'several';

const MAX_PNG = 30_000_000;
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const KEYWORD = new TextEncoder().encode('openbadgecredential\0');
const INTERNATIONAL_TEXT = 0x69545874;
const IMAGE_END = 0x49454e44;
/** Length and type before the data of a chunk. */
const CHUNK_HEAD = 8;
const CHECKSUM = 4;

/**
 * Take the credential out of a picture (docs/format.md §4.1). Nothing of it is believed by that.
 *
 * @param bytes Any file; a picture of another kind than PNG or SVG has none.
 */
export function unbake(bytes: Uint8Array): Unbaked {
  const found = credentialsIn(bytes);
  if (found === null) return 'damaged';
  const [credential, ...others] = found;
  if (credential === undefined) return 'none';
  return others.length === 0 ? { credential } : 'several';
}

/** Null where the picture is damaged; of many, two. */
function credentialsIn(bytes: Uint8Array): readonly Uint8Array[] | null {
  if (equalBytes(bytes.subarray(0, SIGNATURE.length), SIGNATURE)) return credentialsInPng(bytes);
  return isMarkup(bytes) ? credentialsInSvg(bytes) : [];
}

function credentialsInPng(bytes: Uint8Array): readonly Uint8Array[] | null {
  if (bytes.length > MAX_PNG) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Uint8Array[] = [];
  for (let at = SIGNATURE.length; ; ) {
    if (at + CHUNK_HEAD + CHECKSUM > bytes.length) return null;
    const end = at + CHUNK_HEAD + view.getUint32(at);
    if (end + CHECKSUM > bytes.length) return null;
    const type = view.getUint32(at + 4);
    if (type === IMAGE_END) return found;
    const data = bytes.subarray(at + CHUNK_HEAD, end);
    if (type === INTERNATIONAL_TEXT && equalBytes(data.subarray(0, KEYWORD.length), KEYWORD)) {
      const text = crc32(bytes.subarray(at + 4, end)) === view.getUint32(end) ? textOf(data) : null;
      if (text === null) return null;
      if (found.length < 2) found.push(text);
    }
    at = end + CHECKSUM;
  }
}

/** The text behind keyword, compression, language and translated keyword; null where it is compressed. */
function textOf(data: Uint8Array): Uint8Array | null {
  const languageEnd = data.indexOf(0, KEYWORD.length + 2);
  const keywordEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  return keywordEnd < 0 || data[KEYWORD.length] !== 0 ? null : data.subarray(keywordEnd + 1);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 0xff]! ^ (value >>> 8);
  return ~value >>> 0;
}
