import { sha256 } from '@noble/hashes/sha2.js';
import { hexOf } from './bytes.ts';
import { readHeldKeys, readHeldManifest } from './heldKeys.ts';
import { vouchesFor } from './manifest.ts';
import { judgeVersions } from './standing.ts';
import { type IssuerTrust, MANIFEST_PATH, type SeenVersions } from './trust.ts';

const DICTIONARY = /^d\/([0-9a-f]{8})\.bin$/;

/**
 * Tell whether all files of an issuer belong together and may take the place of those that are held.
 *
 * They may where the keys are signed by a pinned root key, the manifest by one of its status keys, both are no older than
 * what is held, and the manifest vouches for every other file. Whether they are still in force is asked later.
 *
 * @param issuer Its files, and as `seen` the versions of the set that is held; null where none is.
 * @returns The versions of the set; null where it must not be kept.
 */
export function versionsOfSet(issuer: IssuerTrust): SeenVersions | null {
  const keys = readHeldKeys(issuer);
  if (!keys.ok) return null;
  const manifest = readHeldManifest(issuer, keys.keys);
  const versions = judgeVersions(manifest, issuer);
  if (manifest === null || (versions !== 'first-seen' && versions !== 'not-undercut')) return null;
  const belongs = ([path, bytes]: [string, Uint8Array]): boolean => {
    const name = DICTIONARY.exec(path)?.[1];
    if (name !== undefined) return hexOf(sha256(bytes)).startsWith(name);
    return path === MANIFEST_PATH || vouchesFor(manifest, path, bytes);
  };
  return [...issuer.files].every(belongs) ? { keys: keys.keys.version, manifest: manifest.version } : null;
}
