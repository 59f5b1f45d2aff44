import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from './bytes.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { isSignedBy } from './eddsaJcs2022.ts';
import { readHeldKeys } from './heldKeys.ts';
import { isInKeyTime, type KeysFile, type PublishedKey } from './keysFile.ts';
import { fitsDigest } from './manifest.ts';
import { type CredentialClaims, isContextSupported, isTypeSupported, readClaims } from './profile.ts';
import { decidingProof, type JcsProof } from './proof.ts';
import type { CheckName, Outcome, Reason } from './report.ts';
import { isObject, type JsonObject, type JsonValue, without } from './strictJson.ts';
import { frozenPath, type IssuerTrust, type Trust } from './trust.ts';

const DIGEST_LENGTH = 32;

/** The check that failed, and what that makes of the whole. */
export interface Failure {
  readonly check: CheckName;
  readonly outcome: Outcome;
  readonly reason: Reason;
}

/** Whether a trusted issuer's key has signed a credential that says what the profile allows. */
export type Authenticity =
  | {
      readonly ok: true;
      readonly document: JsonObject;
      readonly claims: CredentialClaims;
      readonly keys: KeysFile;
      readonly issuer: IssuerTrust;
    }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** Checks that passed nevertheless. */
      readonly passed: readonly CheckName[];
      /** keys.json of the issuer, where it has been accepted. */
      readonly keys: KeysFile | null;
    };

/**
 * Make the checks 2 to 5 of docs/format.md §6: format, issuer, key, signature.
 *
 * @param at Seconds since 1970.
 */
export function authenticate(document: JsonValue, trust: Trust, at: number): Authenticity {
  if (!isObject(document)) return stopped('format', 'cannot-check', 'context-unsupported');
  const form = readForm(document);
  if ('reason' in form) return stopped('format', 'cannot-check', form.reason);
  const issuer = trust.issuers.find(({ did }) => did === form.did);
  if (issuer === undefined) return stopped('issuer', 'unknown-issuer', 'issuer-unknown');
  const held = readHeldKeys(issuer);
  if (!held.ok) return stopped('issuer', 'cannot-check', held.reason);
  const { keys } = held;
  const key = keys.keys.get(form.proof.verificationMethod);
  // A newer keys.json may know the key; one in force would.
  if (key === undefined && !(at <= keys.validUntil))
    return stopped('key', 'cannot-check', 'keys-ran-out', ['issuer'], keys);
  if (key === undefined) return stopped('key', 'invalid', 'key-unknown', ['issuer'], keys);
  const unfit = whyUnfit(key, form.proof);
  if (unfit !== null) return stopped('key', 'invalid', unfit, ['issuer'], keys);
  if (!isSignedBy(document, form.proof, key.publicKey)) {
    return stopped('signature', 'invalid', 'signature-mismatch', ['issuer', 'key'], keys);
  }
  const claims = readClaims(document, keys.sites);
  if (claims === null) return stopped('format', 'invalid', 'content', ['issuer', 'key', 'signature'], keys);
  const withdrawn = key.state === 'compromised' ? whyWithdrawn(document, key, keys, issuer) : null;
  if (withdrawn !== null) {
    const outcome = withdrawn === 'key-compromised' ? 'key-withdrawn' : 'cannot-check';
    return stopped('key', outcome, withdrawn, ['format', 'issuer', 'signature'], keys);
  }
  return { ok: true, document, claims, keys, issuer };
}

function stopped(
  check: CheckName,
  outcome: Outcome,
  reason: Reason,
  passed: readonly CheckName[] = [],
  keys: KeysFile | null = null,
): Authenticity {
  return { ok: false, failure: { check, outcome, reason }, passed, keys };
}

type Form = { readonly did: string; readonly proof: JcsProof } | { readonly reason: Reason };

function readForm(document: JsonObject): Form {
  if (!isContextSupported(document)) return { reason: 'context-unsupported' };
  if (!isTypeSupported(document)) return { reason: 'type-unsupported' };
  const { issuer } = document;
  const did = isObject(issuer) ? issuer['id'] : undefined;
  if (typeof did !== 'string') return { reason: 'issuer-unreadable' };
  const proof = decidingProof(document);
  return proof === null ? { reason: 'proof-unsupported' } : { did, proof };
}

function whyUnfit(key: PublishedKey, proof: JcsProof): Reason | null {
  if (key.role !== 'issuing') return 'key-role';
  if (proof.proofPurpose !== 'assertionMethod') return 'proof-purpose';
  return isInKeyTime(key, proof.created) ? null : 'key-time';
}

function whyWithdrawn(
  document: JsonObject,
  key: PublishedKey,
  keys: KeysFile,
  issuer: IssuerTrust,
): 'frozen-missing' | 'key-compromised' | null {
  const digest = keys.frozen.get(key.id);
  const list = issuer.files.get(frozenPath(key.id, keys.issuer));
  if (digest === undefined || list === undefined || !fitsDigest(list, digest)) return 'frozen-missing';
  return holdsDigest(list, credentialDigest(document)) ? null : 'key-compromised';
}

function holdsDigest(list: Uint8Array, digest: Uint8Array): boolean {
  for (let start = 0; start < list.length; start += DIGEST_LENGTH) {
    if (equalBytes(list.subarray(start, start + DIGEST_LENGTH), digest)) return true;
  }
  return false;
}

function credentialDigest(document: JsonObject): Uint8Array {
  const domain = new TextEncoder().encode('asnad-credential-v1\0');
  return sha256(concatBytes(domain, canonicalBytes(without(document, 'proof'))));
}
