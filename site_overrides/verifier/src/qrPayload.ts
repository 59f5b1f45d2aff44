import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from './bytes.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { decodeDigits } from './digits.ts';
import { inflate } from './inflate.ts';
import { encodeBase58 } from './multibase.ts';
import { RDFC_SUITE } from './proof.ts';
import type { ReadReason } from './report.ts';
import { isArray, isObject, type JsonObject, type JsonValue, parseJson, withMembers, without } from './strictJson.ts';

const MAX_DOCUMENT = 16_384;
const MAX_DICTIONARY = 16_384;
const PREFIX_END = 5;
const SIGNATURE_LENGTH = 64;
const CODE_FORMAT = 1;
const LINK_FORMAT = 2;

/** What digits hold before a dictionary is applied. */
export interface Payload {
  /** First four bytes of SHA-256 of the dictionary. */
  readonly prefix: Uint8Array;
  readonly jcsSignature: Uint8Array;
  /** Of the link format alone. */
  readonly rdfcSignature: Uint8Array | null;
  readonly compressed: Uint8Array;
}

type Failure = { readonly ok: false; readonly reason: ReadReason };
export type PayloadResult = { readonly ok: true; readonly payload: Payload } | Failure;
export type RestoredResult = { readonly ok: true; readonly credential: JsonObject } | Failure;

/** Split digits into the parts of a payload (docs/format.md §4). */
export function decodePayload(digits: string): PayloadResult {
  const decoded = decodeDigits(digits);
  if (!decoded.ok) return decoded;
  const [format] = decoded.bytes;
  if (format !== CODE_FORMAT && format !== LINK_FORMAT) return { ok: false, reason: 'format-unknown' };
  const jcsEnd = PREFIX_END + SIGNATURE_LENGTH;
  const end = format === LINK_FORMAT ? jcsEnd + SIGNATURE_LENGTH : jcsEnd;
  if (decoded.bytes.length <= end) return { ok: false, reason: 'digits-damaged' };
  return {
    ok: true,
    payload: {
      prefix: decoded.bytes.subarray(1, PREFIX_END),
      jcsSignature: decoded.bytes.subarray(PREFIX_END, jcsEnd),
      rdfcSignature: format === LINK_FORMAT ? decoded.bytes.subarray(jcsEnd, end) : null,
      compressed: decoded.bytes.subarray(end),
    },
  };
}

/**
 * Undo the compression with every dictionary that has the payload's prefix.
 *
 * @param dictionaries All that are held.
 * @returns The credentials with their proofs, at least one; or what the first fitting dictionary led to. Where there
 *   are several, only the signature tells which one is meant.
 */
export function restoreCredentials(
  payload: Payload,
  dictionaries: readonly Uint8Array[],
): { readonly ok: true; readonly credentials: readonly JsonObject[] } | Failure {
  const fitting = dictionaries.filter(
    (dictionary) => dictionary.length <= MAX_DICTIONARY && equalBytes(dictionaryPrefix(dictionary), payload.prefix),
  );
  const restored = fitting.map((dictionary) => restore(payload, dictionary));
  const credentials = restored.flatMap((result) => (result.ok ? [result.credential] : []));
  if (credentials.length > 0) return { ok: true, credentials };
  return restored.find((result) => !result.ok) ?? { ok: false, reason: 'dictionary-missing' };
}

/** Give the four bytes by which payloads name a dictionary. */
export function dictionaryPrefix(dictionary: Uint8Array): Uint8Array {
  return sha256(dictionary).subarray(0, PREFIX_END - 1);
}

function restore(payload: Payload, dictionary: Uint8Array): RestoredResult {
  const inflated = inflate(payload.compressed, MAX_DOCUMENT, dictionary);
  if (!inflated.ok) return inflated;
  const parsed = parseJson(inflated.bytes, MAX_DOCUMENT);
  if (!parsed.ok) return parsed;
  const isCanonical = equalBytes(canonicalBytes(parsed.value), inflated.bytes);
  const credential = isCanonical && isObject(parsed.value) ? withProofs(parsed.value, payload) : null;
  return credential === null ? { ok: false, reason: 'not-canonical' } : { ok: true, credential };
}

function withProofs(document: JsonObject, payload: Payload): JsonObject | null {
  const proof = document['proof'];
  const jcs = isArray(proof) && proof.length === 1 ? proof[0] : undefined;
  if (!isObject(jcs) || 'proofValue' in jcs) return null;
  const proofs = [withMember(jcs, 'proofValue', encodeBase58(payload.jcsSignature))];
  if (payload.rdfcSignature !== null) {
    const rdfc = withMember(without(jcs, '@context'), 'cryptosuite', RDFC_SUITE);
    proofs.unshift(withMember(rdfc, 'proofValue', encodeBase58(payload.rdfcSignature)));
  }
  return withMember(document, 'proof', proofs);
}

function withMember(object: JsonObject, name: string, value: JsonValue): JsonObject {
  return withMembers([...Object.entries(object), [name, value]]);
}
