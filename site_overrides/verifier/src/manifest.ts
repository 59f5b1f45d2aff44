import { sha256 } from '@noble/hashes/sha2.js';
import { hexOf, remembering } from './bytes.ts';
import { type FileDigest, isSignedByRole, type KeysFile } from './keysFile.ts';
import { CONTEXT_FREE_PROOF, decidingProof } from './proof.ts';
import { conforms, type Schema } from './rules.ts';
import { parseJsonObject } from './strictJson.ts';
import { parseInstant } from './validity.ts';

const MAX_BYTES = 1_048_576;

const SCHEMA: Schema = {
  Manifest: {
    type: '=AsnadManifest!',
    format: 'count!',
    issuer: 'url!',
    version: 'version!',
    issued: 'instant!',
    expires: 'instant!',
    files: 'File**!',
    proof: 'Proof*!',
  },
  File: { path: 'line!', sha256: 'digest!', length: 'count!' },
  Proof: CONTEXT_FREE_PROOF,
};

/** A manifest.json that a status key has signed (docs/format.md §5.2). */
export interface Manifest {
  readonly version: number;
  /** Seconds since 1970. */
  readonly issued: number;
  /** Seconds since 1970. */
  readonly expires: number;
  /** By path relative to the site. */
  readonly files: ReadonlyMap<string, FileDigest>;
}

/**
 * Read an issuer's manifest.json.
 *
 * @returns null where it is not a manifest of that issuer, signed by one of its status keys.
 */
export const readManifest = remembering((bytes, keys: KeysFile): Manifest | null => {
  const document = parseJsonObject(bytes, MAX_BYTES);
  if (document === null || !conforms(SCHEMA, 'Manifest', document)) return null;
  const proof = (document['proof'] as readonly unknown[]).length === 1 ? decidingProof(document) : null;
  if (document['format'] !== 1 || document['issuer'] !== keys.issuer || proof === null) return null;
  if (!isSignedByRole(document, proof, keys, 'status')) return null;
  const entries = document['files'] as unknown as readonly (FileDigest & { readonly path: string })[];
  // Sorted, and so without a path that occurs twice; ASCII alone, which every language sorts alike.
  if (!entries.every(({ path }, at) => /^[ -~]+$/.test(path) && (entries[at - 1]?.path ?? '') < path)) return null;
  return {
    version: document['version'] as number,
    issued: parseInstant(document['issued']) ?? 0,
    expires: parseInstant(document['expires']) ?? 0,
    files: new Map(entries.map((entry) => [entry.path, entry])),
  };
});

/** Tell whether the manifest names a file and the bytes held are that file. */
export function vouchesFor(manifest: Manifest, path: string, bytes: Uint8Array | undefined): boolean {
  const digest = manifest.files.get(path);
  return digest !== undefined && bytes !== undefined && fitsDigest(bytes, digest);
}

/** Tell whether bytes are those whose digest is given. */
export function fitsDigest(bytes: Uint8Array, digest: FileDigest): boolean {
  return bytes.length === digest.length && digestOf(bytes) === digest.sha256;
}

const digestOf = remembering((bytes) => hexOf(sha256(bytes)));
