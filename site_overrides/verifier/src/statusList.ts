import { decodeBits } from './bitstring.ts';
import { remembering } from './bytes.ts';
import { isSignedByRole, type KeysFile } from './keysFile.ts';
import { decidingProof } from './proof.ts';
import { conforms, type Schema } from './rules.ts';
import { type JsonObject, parseJsonObject, without } from './strictJson.ts';

const MAX_BYTES = 262_144;

const SCHEMA: Schema = {
  StatusList: {
    '@context': '=https://www.w3.org/ns/credentials/v2*!',
    id: 'url!',
    type: '=VerifiableCredential,BitstringStatusListCredential*!',
    issuer: 'url!',
    validFrom: 'instant!',
    validUntil: 'instant!',
    credentialSubject: 'Subject!',
  },
  Subject: {
    id: 'url!',
    type: '=BitstringStatusList!',
    statusPurpose: '=revocation!',
    encodedList: 'string!',
  },
};

/** A status list that a status key has signed (docs/format.md §5.3). */
export interface StatusList {
  /** Instant. */
  readonly validFrom: string;
  /** Instant. */
  readonly validUntil: string;
  readonly bits: Uint8Array;
}

/**
 * Read a status list.
 *
 * @param address Where the credential says its list is; the list must say so too.
 * @returns null where it is not that list of that issuer, signed by one of its status keys.
 */
export const readStatusList = remembering((bytes, address: string, keys: KeysFile): StatusList | null => {
  const document = parseJsonObject(bytes, MAX_BYTES);
  if (document === null || !conforms(SCHEMA, 'StatusList', without(document, 'proof'))) return null;
  const proof = decidingProof(document);
  if (document['id'] !== address || document['issuer'] !== keys.issuer || proof === null) return null;
  if (!isSignedByRole(document, proof, keys, 'status')) return null;
  const bits = decodeBits(String((document['credentialSubject'] as JsonObject)['encodedList']));
  return bits && { validFrom: String(document['validFrom']), validUntil: String(document['validUntil']), bits };
});
