import { remember, remembered } from './deviceMemory.ts';
import type { IssuerTrust, SeenVersions } from './trust.ts';

/**
 * Versions are remembered by root key: another issuer may have borne a did before, as every new demonstration does, and
 * while an issuer passes from one root key to the next both are pinned and carry its versions on.
 */
type Pinned = Pick<IssuerTrust, 'did' | 'rootKeys'>;

/** Give the highest versions of an issuer's lists that this device has accepted; null where it remembers none. */
export function rememberedVersions({ did, rootKeys }: Pinned): SeenVersions | null {
  return rootKeys.map((key) => versionsUnder(nameOf(did, key))).reduce(higher, null);
}

/** Remember versions that have just been accepted; what is remembered never falls. */
export function rememberVersions({ did, rootKeys }: Pinned, accepted: SeenVersions): void {
  for (const key of rootKeys) {
    const name = nameOf(did, key);
    remember(name, JSON.stringify(higher(versionsUnder(name), accepted)));
  }
}

function nameOf(did: string, rootKey: string): string {
  return `asnad-seen ${did} ${rootKey}`;
}

function higher(one: SeenVersions | null, other: SeenVersions | null): SeenVersions | null {
  if (one === null || other === null) return one ?? other;
  return { keys: Math.max(one.keys, other.keys), manifest: Math.max(one.manifest, other.manifest) };
}

function versionsUnder(name: string): SeenVersions | null {
  try {
    const { keys, manifest } = JSON.parse(remembered(name) ?? 'null') as SeenVersions;
    return Number.isSafeInteger(keys) && Number.isSafeInteger(manifest) ? { keys, manifest } : null;
  } catch {
    // Nothing, or nothing that can be read: then the lists are seen for the first time.
    return null;
  }
}
