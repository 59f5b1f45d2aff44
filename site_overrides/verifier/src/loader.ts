import { boundedFetch, type Fetched } from './boundedFetch.ts';
import { hexOf } from './bytes.ts';
import { decodeDigits } from './digits.ts';
import { heldFile } from './heldFiles.ts';
import { rememberedVersions } from './seenVersions.ts';
import { readHeldKeys } from './heldKeys.ts';
import type { PinnedIssuer } from './pinnedIssuers.ts';
import { frozenPath, type IssuerTrust, KEYS_PATH, MANIFEST_PATH, NOTICES_PATH, type Trust } from './trust.ts';
import type { Input } from './verify.ts';

/** Where the files came from: all from the network, some from this device, or some from nowhere. */
export type Reach = 'network' | 'held' | 'unreachable';

/** Byte limits of docs/format.md §1, by the path or else its first part. */
const LIMITS: ReadonlyMap<string, number> = new Map([
  [KEYS_PATH, 262_144],
  [MANIFEST_PATH, 1_048_576],
  ['asnad', 4_194_304],
  ['status', 262_144],
  ['d', 16_384],
]);
/** Milliseconds a file may take on a slow line. */
const PATIENCE = 20_000;
/** Milliseconds for which a file just fetched counts as the newest, so that the next of a stack of certificates needs no network. */
const FRESH = 30_000;

interface Holding {
  readonly issuer: PinnedIssuer;
  readonly files: Map<string, Uint8Array>;
}

/** The files of the pinned issuers, fetched as they are needed from this site and from nowhere else. */
export class TrustLoader {
  readonly #holdings: readonly Holding[];
  readonly #dictionaries = new Map<string, Uint8Array>();
  #reach: Reach = 'network';

  readonly #heldOnly: boolean;

  constructor(issuers: readonly PinnedIssuer[], heldOnly = false) {
    this.#heldOnly = heldOnly;
    this.#holdings = issuers.map((issuer) => ({ issuer, files: new Map() }));
  }

  /** From where everything so far has come. */
  get reach(): Reach {
    return this.#reach;
  }

  get trust(): Trust {
    return { issuers: this.#holdings.map(trustOf), dictionaries: [...this.#dictionaries.values()] };
  }

  /**
   * Fetch files of every issuer.
   *
   * @param pathsOf Tells which, relative to the issuer's site, such as `status/1.json`.
   */
  async load(pathsOf: (issuer: IssuerTrust) => readonly string[]): Promise<void> {
    await Promise.all(
      this.#holdings.flatMap((holding) => pathsOf(trustOf(holding)).map((path) => this.#loadOf(holding, path))),
    );
  }

  async #loadOf({ issuer, files }: Holding, path: string): Promise<void> {
    const limit = LIMITS.get(path) ?? LIMITS.get(path.split('/')[0]!)!;
    const fetched = heldFile(issuer.base + path) ?? (await this.#fetched(issuer.base + path, limit));
    this.#reach = farther(this.#reach, fetched);
    if (typeof fetched === 'string') return;
    if (path.startsWith('d/')) this.#dictionaries.set(issuer.base + path, fetched.bytes);
    else files.set(path, fetched.bytes);
  }

  #fetched(address: string, limit: number): Promise<Fetched> {
    return fetchedLately(address, limit, this.#heldOnly);
  }
}

interface Fetching {
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly file: Promise<Fetched>;
}

const lately = new Map<string, Fetching>();

let still = false;

/**
 * Fetch all files anew from now on.
 *
 * @param once Whether each is then asked for once and no more, for many certificates in a row; as it was, unless given.
 */
export function forgetFetched(once = still): void {
  still = once;
  lately.clear();
}

async function fetchedLately(address: string, limit: number, heldOnly: boolean): Promise<Fetched> {
  const at = Date.now();
  const name = `${heldOnly} ${address}`;
  let fetching = lately.get(name);
  // A clock that was set back must not keep a file fresh for longer.
  if (fetching === undefined || (!still && Math.abs(at - fetching.at) > FRESH)) {
    fetching = { at, file: boundedFetch(address, limit, PATIENCE, heldOnly) };
    lately.set(name, fetching);
  }
  const fetched = await fetching.file;
  // What could not be had, or came from this device, is asked for again each time.
  if (!still && (typeof fetched === 'string' || fetched.held)) lately.delete(name);
  return fetched;
}

function trustOf({ issuer, files }: Holding): IssuerTrust {
  return { did: issuer.did, rootKeys: issuer.rootKeys, files, seen: rememberedVersions(issuer) };
}

function farther(reach: Reach, fetched: Fetched): Reach {
  if (reach === 'unreachable' || fetched === 'absent') return reach;
  if (fetched === 'unreachable') return fetched;
  return fetched.held ? 'held' : reach;
}

/** What every verdict on a certificate of an issuer needs. */
export const LIST_PATHS: readonly string[] = [KEYS_PATH, MANIFEST_PATH, NOTICES_PATH];

/** Give the path of the dictionary that digits name in their bytes 1 to 4 (docs/format.md §4). */
export function dictionaryPaths(input: Input): readonly string[] {
  const decoded = 'digits' in input ? decodeDigits(input.digits) : null;
  return decoded?.ok && decoded.bytes.length >= 5 ? [`d/${hexOf(decoded.bytes.subarray(1, 5))}.bin`] : [];
}

/** Give the paths of the lists of what an issuer's compromised keys had really issued. */
export function frozenPaths(issuer: IssuerTrust): readonly string[] {
  const held = readHeldKeys(issuer);
  if (!held.ok) return [];
  // Of the keys that are listed the ids have been checked; a list for any other is never asked for.
  const { keys, frozen } = held.keys;
  return [...frozen.keys()].filter((key) => keys.has(key)).map((key) => frozenPath(key, issuer.did));
}
