/** Paths of what an issuer publishes, relative to its site (docs/format.md §5). */
export const KEYS_PATH = 'asnad/keys.json';
export const MANIFEST_PATH = 'asnad/manifest.json';
export const NOTICES_PATH = 'asnad/notices.json';

/** Give the path of the list of what a compromised key had really issued. */
export function frozenPath(keyId: string, did: string): string {
  return `asnad/frozen/${keyId.slice(did.length + 1)}.bin`;
}

/** By how much a version may exceed the highest seen, so that nobody can use the numbers up. */
export const MAX_LEAP = 1_000_000;

/** The highest versions of an issuer's signed files that this verifier has accepted before. */
export interface SeenVersions {
  readonly keys: number;
  readonly manifest: number;
}

/** What this verifier holds of one issuer it trusts (docs/format.md §5 and §6). */
export interface IssuerTrust {
  readonly did: string;
  /** Pinned root keys, as multibase. */
  readonly rootKeys: readonly string[];
  /** Files by their path relative to the site, such as `asnad/keys.json` or `status/1.json`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly seen: SeenVersions | null;
}

/** All that a verification believes beforehand; nothing is ever fetched from where a credential points. */
export interface Trust {
  readonly issuers: readonly IssuerTrust[];
  /** Preset dictionaries of payloads, each as published at `d/<8 hex>.bin`. */
  readonly dictionaries: readonly Uint8Array[];
}
