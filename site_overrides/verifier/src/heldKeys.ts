import { type KeysFile, readKeysFile } from './keysFile.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type IssuerTrust, KEYS_PATH, MANIFEST_PATH, MAX_LEAP, type SeenVersions } from './trust.ts';

export type KeysReason = 'keys-missing' | 'keys-invalid' | 'keys-rolled-back' | 'keys-leapt';

export type HeldKeys =
  { readonly ok: true; readonly keys: KeysFile } | { readonly ok: false; readonly reason: KeysReason };

/** Read the keys.json that is held of a trusted issuer (docs/format.md §6, check 3). */
export function readHeldKeys(issuer: IssuerTrust): HeldKeys {
  const bytes = issuer.files.get(KEYS_PATH);
  if (bytes === undefined) return { ok: false, reason: 'keys-missing' };
  const keys = readKeysFile(bytes, issuer.did, issuer.rootKeys);
  if (keys === null) return { ok: false, reason: 'keys-invalid' };
  const seen = issuer.seen?.keys ?? keys.version;
  if (keys.version < seen) return { ok: false, reason: 'keys-rolled-back' };
  if (keys.version > seen + MAX_LEAP) return { ok: false, reason: 'keys-leapt' };
  return { ok: true, keys };
}

/** Read the manifest that is held of an issuer; null where there is none, or none that is accepted. */
export function readHeldManifest({ files }: IssuerTrust, keys: KeysFile): Manifest | null {
  const bytes = files.get(MANIFEST_PATH);
  return bytes === undefined ? null : readManifest(bytes, keys);
}

/**
 * Tell which versions to remember of an issuer, so that older files are known for what they are.
 *
 * @returns The highest accepted so far; null where nothing of the issuer has ever been accepted.
 */
export function acceptedVersions(issuer: IssuerTrust): SeenVersions | null {
  const held = readHeldKeys(issuer);
  if (!held.ok) return issuer.seen;
  const manifest = readHeldManifest(issuer, held.keys);
  // Without a manifest nothing is known of its version, and nothing must be made up.
  if (manifest === null) return issuer.seen;
  const { version } = manifest;
  const seen = issuer.seen?.manifest ?? 0;
  const leapt = issuer.seen !== null && version > seen + MAX_LEAP;
  return { keys: held.keys.version, manifest: leapt ? seen : Math.max(seen, version) };
}
