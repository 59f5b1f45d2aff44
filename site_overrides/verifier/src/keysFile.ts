import { remembering } from './bytes.ts';
import { isSignedBy } from './eddsaJcs2022.ts';
import { decodeMultikey } from './multikey.ts';
import { CONTEXT_FREE_PROOF, type JcsProof, readJcsProof } from './proof.ts';
import type { DatedName } from './report.ts';
import { conforms, type Schema } from './rules.ts';
import { objectIn, textIn } from './signedFields.ts';
import { type JsonObject, type JsonValue, parseJsonObject } from './strictJson.ts';
import { parseInstant } from './validity.ts';

const MAX_BYTES = 262_144;

const SCHEMA: Schema = {
  Keys: {
    type: '=AsnadKeys!',
    format: 'count!',
    issuer: 'url!',
    version: 'version!',
    issued: 'instant!',
    validUntil: 'instant!',
    demonstration: 'boolean',
    sites: 'url*!',
    names: 'Name**!',
    contact: 'Contact!',
    keys: 'Key**!',
    root: 'Root!',
    nextRootDigest: 'digest!',
    frozen: 'Frozen**!',
    proof: 'Proof*!',
  },
  Name: { name: 'line!', language: 'line!', from: 'date!', to: 'date' },
  Contact: { phone: 'line', email: 'line' },
  Key: {
    id: 'url!',
    publicKeyMultibase: 'line!',
    role: 'issuing|status!',
    state: 'active|retired|compromised!',
    from: 'instant!',
    to: 'instant!',
  },
  Root: { id: 'url!', publicKeyMultibase: 'line!' },
  Frozen: { key: 'url!', sha256: 'digest!', length: 'count!' },
  Proof: CONTEXT_FREE_PROOF,
};

export type KeyRole = 'issuing' | 'status';

/** A key of an issuer, as its root key vouches for it. */
export interface PublishedKey {
  readonly id: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly role: KeyRole;
  readonly state: 'active' | 'retired' | 'compromised';
  /** Seconds since 1970; a proof counts from then on … */
  readonly from: number;
  /** … and until before then. */
  readonly to: number;
}

/** SHA-256 in hexadecimal digits and length in bytes of a file that something signed vouches for. */
export interface FileDigest {
  readonly sha256: string;
  readonly length: number;
}

/** A keys.json that a pinned root key has signed (docs/format.md §5.1). */
export interface KeysFile {
  readonly issuer: string;
  readonly version: number;
  /** Instant. */
  readonly issued: string;
  /** Seconds since 1970. */
  readonly validUntil: number;
  readonly demonstration: boolean;
  readonly sites: readonly string[];
  readonly names: readonly DatedName[];
  readonly contact: { readonly phone: string | null; readonly email: string | null };
  /** By id. */
  readonly keys: ReadonlyMap<string, PublishedKey>;
  /** Frozen lists by the id of the compromised key. */
  readonly frozen: ReadonlyMap<string, FileDigest>;
}

/**
 * Read an issuer's keys.json.
 *
 * @param did The trusted issuer, whose file it must be.
 * @param rootKeys Pinned root keys of that issuer as multibase; one of them must have signed.
 * @returns null where it is not such a file.
 */
export const readKeysFile = remembering((bytes, did: string, rootKeys: readonly string[]): KeysFile | null => {
  const document = parseJsonObject(bytes, MAX_BYTES);
  if (document === null || !conforms(SCHEMA, 'Keys', document)) return null;
  if (document['format'] !== 1 || document['issuer'] !== did || document['demonstration'] === false) return null;
  if (!isSignedByRoot(document, did, rootKeys)) return null;
  const sites = document['sites'] as string[];
  const keys = readKeys(document['keys'] as unknown as readonly KeyEntry[], did);
  const frozen = document['frozen'] as unknown as readonly FrozenEntry[];
  const contact = objectIn(document, 'contact');
  const root = document['root'] as unknown as Readonly<Record<'id' | 'publicKeyMultibase', string>>;
  const frozenByKey = new Map(frozen.map((entry) => [entry.key, entry]));
  if (keys === null || !sites.every(isSite) || frozenByKey.size < frozen.length) return null;
  if (!isKeyId(root.id, did) || decodeMultikey(root.publicKeyMultibase) === null) return null;
  return {
    issuer: did,
    version: document['version'] as number,
    issued: document['issued'] as string,
    validUntil: parseInstant(document['validUntil']) ?? 0,
    demonstration: document['demonstration'] === true,
    sites,
    names: (document['names'] as unknown as readonly NameEntry[]).map((entry) => ({ ...entry, to: entry.to ?? null })),
    contact: { phone: textIn(contact, 'phone'), email: textIn(contact, 'email') },
    keys,
    frozen: frozenByKey,
  };
});

/**
 * Tell whether a key of a role, not known to be compromised, has signed a document in the key's time.
 *
 * @param document With `proof` as the proof was found in it.
 */
export function isSignedByRole(document: JsonObject, proof: JcsProof, keys: KeysFile, role: KeyRole): boolean {
  const key = keys.keys.get(proof.verificationMethod);
  return (
    key !== undefined &&
    key.role === role &&
    key.state !== 'compromised' &&
    proof.proofPurpose === 'assertionMethod' &&
    isInKeyTime(key, proof.created) &&
    isSignedBy(document, proof, key.publicKey)
  );
}

/** Tell whether a proof's `created` lies in the time of its key; it proves no date (docs/format.md §5.1). */
export function isInKeyTime(key: PublishedKey, created: string): boolean {
  const seconds = parseInstant(created);
  return seconds !== null && key.from <= seconds && seconds < key.to;
}

interface KeyEntry extends Readonly<Record<'id' | 'publicKeyMultibase' | 'from' | 'to', string>> {
  readonly role: PublishedKey['role'];
  readonly state: PublishedKey['state'];
}

interface NameEntry extends Readonly<Record<'name' | 'language' | 'from', string>> {
  readonly to?: string;
}

interface FrozenEntry extends FileDigest {
  readonly key: string;
}

function isSignedByRoot(document: JsonObject, did: string, rootKeys: readonly string[]): boolean {
  const entries = document['proof'] as readonly JsonValue[];
  const proofs = entries.map((entry) => readJcsProof(document, entry));
  if (proofs.length > 2) return false;
  const pinned = rootKeys.map(decodeMultikey).filter((key) => key !== null);
  if (!proofs.every((proof) => proof?.verificationMethod.startsWith(`${did}#`))) return false;
  return proofs.some((proof) => proof !== null && pinned.some((publicKey) => isSignedBy(document, proof, publicKey)));
}

function readKeys(entries: readonly KeyEntry[], did: string): ReadonlyMap<string, PublishedKey> | null {
  const keys = new Map<string, PublishedKey>();
  for (const { id, publicKeyMultibase, role, state, from, to } of entries) {
    const publicKey = decodeMultikey(publicKeyMultibase);
    if (publicKey === null || !isKeyId(id, did) || keys.has(id)) return null;
    keys.set(id, { id, publicKey, role, state, from: parseInstant(from) ?? 0, to: parseInstant(to) ?? 0 });
  }
  // One key under two ids could have two roles, or outlive its own withdrawal.
  const distinct = new Set(entries.map((entry) => entry.publicKeyMultibase));
  return distinct.size === keys.size ? keys : null;
}

function isKeyId(id: string, did: string): boolean {
  return id.startsWith(`${did}#`) && /^[A-Za-z0-9._-]{1,64}$/.test(id.slice(did.length + 1));
}

function isSite(site: string): boolean {
  return /^https:\/\/[^/?#]+\/(?:[^?#]*\/)?$/.test(site);
}
