import { remember, remembered } from './deviceMemory.ts';
import type { SeenVersions } from './trust.ts';

const PREFIX = 'asnad-seen ';

/** Give the highest versions of an issuer's lists that this device has accepted; null where it remembers none. */
export function rememberedVersions(did: string): SeenVersions | null {
  try {
    const { keys, manifest } = JSON.parse(remembered(PREFIX + did) ?? 'null') as SeenVersions;
    return Number.isSafeInteger(keys) && Number.isSafeInteger(manifest) ? { keys, manifest } : null;
  } catch {
    // Nothing, or nothing that can be read: then the lists are seen for the first time.
    return null;
  }
}

/** Remember versions that have just been accepted; what is remembered never falls. */
export function rememberVersions(did: string, accepted: SeenVersions): void {
  const before = rememberedVersions(did) ?? { keys: 0, manifest: 0 };
  const highest = { keys: Math.max(before.keys, accepted.keys), manifest: Math.max(before.manifest, accepted.manifest) };
  remember(PREFIX + did, JSON.stringify(highest));
}
