// Bitstring status lists: docs/format.md §5.3.
import {pako} from '../../foreign/issuing.mjs';

export const MINIMUM_BITS = 131_072;

/** Bits with the given indexes set, index 0 the most significant bit of byte 0. */
export function bitstring(indexes, bits = MINIMUM_BITS) {
  const bytes = Buffer.alloc(bits / 8);
  for(const index of indexes) {
    bytes[index >> 3] |= 0x80 >> (index & 7);
  }
  return bytes;
}

/** One gzip member: ten bytes of header without time or flags, DEFLATE, CRC and length. */
export const gzip = bytes => Buffer.from(pako.gzip(bytes, {level: 9}));

export const multibase64url = bytes => `u${bytes.toString('base64url')}`;

export const encodedListOf = indexes => multibase64url(gzip(bitstring(indexes)));

/** The status list of a site, before it is signed. */
export function statusList({
  issuer, site, number = 1, validFrom, validUntil, encodedList, purpose = 'revocation'
}) {
  const id = `${site}status/${number}.json`;
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom,
    ...(validUntil === undefined ? {} : {validUntil}),
    credentialSubject: {id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, encodedList}
  };
}
