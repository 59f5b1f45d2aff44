import { isBitSet } from './bitstring.ts';
import type { KeysFile } from './keysFile.ts';
import { type Manifest, readManifest, vouchesFor } from './manifest.ts';
import { type Notice, noticeOf, readNotices } from './notices.ts';
import { type CredentialClaims, listPath } from './profile.ts';
import type { StatusStaleReason, StatusUnknownReason } from './report.ts';
import { readStatusList, type StatusList } from './statusList.ts';
import { KEYS_PATH, type IssuerTrust, MANIFEST_PATH, MAX_LEAP, NOTICES_PATH } from './trust.ts';
import { parseInstant, TOLERANCE_SECONDS } from './validity.ts';

/** What check 7 makes of the whole, and why; null where the issuer stands by the credential. */
export type Standing =
  | { readonly outcome: null; readonly reason: null }
  | { readonly outcome: 'revoked'; readonly reason: 'withdrawn' }
  | { readonly outcome: 'replaced'; readonly reason: 'replaced' }
  | { readonly outcome: 'valid-status-unknown'; readonly reason: StatusUnknownReason }
  | { readonly outcome: 'valid-status-stale'; readonly reason: StatusStaleReason };

/** How the versions held compare with those remembered; `manifest-missing` where no valid manifest is held. */
export type Versions = 'not-undercut' | 'first-seen' | 'manifest-missing' | 'manifest-rolled-back' | 'manifest-leapt';

/** Whether the issuer still stands by a credential, as far as the files that are held tell. */
export interface StandingJudgement {
  readonly standing: Standing;
  /** The list that was read, where it is one of this issuer's. */
  readonly list: StatusList | null;
  /** The notice that names the credential, where the manifest vouches for it. */
  readonly notice: Notice | null;
  readonly versions: Versions;
}

/**
 * Look a credential up in the status list, the notices and the manifest (docs/format.md §6, check 7).
 *
 * @param claims Of a credential whose signature and content have passed.
 * @param at Seconds since 1970.
 */
export function judgeStanding(
  claims: CredentialClaims,
  keys: KeysFile,
  issuer: IssuerTrust,
  at: number,
): StandingJudgement {
  const held = hold(claims, keys, issuer);
  const versions = judgeVersions(held.manifest, issuer);
  return { standing: judge(claims, held, keys, versions, at), list: held.list, notice: held.notice, versions };
}

/** What is held of an issuer and bears on one credential; null where it is missing or cannot be believed. */
interface Held {
  readonly listIsMissing: boolean;
  readonly list: StatusList | null;
  /** Whether the credential's bit is set; null without such a bit. */
  readonly bit: boolean | null;
  readonly manifestIsMissing: boolean;
  readonly manifest: Manifest | null;
  /** Whether the manifest names exactly the files that are held. */
  readonly filesMatch: boolean;
  readonly notice: Notice | null;
}

function hold(claims: CredentialClaims, keys: KeysFile, issuer: IssuerTrust): Held {
  const { files } = issuer;
  const path = listPath(claims.listAddress, keys.sites) ?? '';
  const listBytes = files.get(path);
  const list = listBytes === undefined ? null : readStatusList(listBytes, claims.listAddress, keys);
  const manifestBytes = files.get(MANIFEST_PATH);
  const manifest = manifestBytes === undefined ? null : readManifest(manifestBytes, keys);
  const noticesBytes = files.get(NOTICES_PATH);
  const notices =
    manifest !== null && noticesBytes !== undefined && vouchesFor(manifest, NOTICES_PATH, noticesBytes)
      ? readNotices(noticesBytes, keys.issuer)
      : null;
  return {
    listIsMissing: listBytes === undefined,
    list,
    bit: list && bitOf(list, claims.listIndex),
    manifestIsMissing: manifestBytes === undefined,
    manifest,
    filesMatch:
      manifest !== null &&
      notices !== null &&
      vouchesFor(manifest, KEYS_PATH, files.get(KEYS_PATH)) &&
      vouchesFor(manifest, path, listBytes),
    notice: notices && noticeOf(notices, claims.id),
  };
}

function bitOf(list: StatusList, decimal: string): boolean | null {
  const index = Number(decimal);
  return index < list.bits.length * 8 ? isBitSet(list.bits, index) : null;
}

function judge(claims: CredentialClaims, held: Held, keys: KeysFile, versions: Versions, at: number): Standing {
  const { list, manifest, notice } = held;
  // Whatever its age or version, a signed list that withdraws a credential is believed.
  if (notice?.state === 'replaced') return { outcome: 'replaced', reason: 'replaced' };
  if (notice !== null || held.bit === true) return { outcome: 'revoked', reason: 'withdrawn' };
  if (held.listIsMissing) return unknown('list-missing');
  if (list === null || held.bit === null) return unknown('list-invalid');
  if (held.manifestIsMissing) return unknown('manifest-missing');
  if (manifest === null) return unknown('manifest-invalid');
  if (versions === 'manifest-rolled-back' || versions === 'manifest-leapt') return unknown(versions);
  if (!held.filesMatch) return unknown('manifest-mismatch');
  const listFrom = parseInstant(list.validFrom) ?? Infinity;
  if (listFrom < (parseInstant(claims.validFrom) ?? Infinity)) return unknown('list-older');
  // All that follows is written so that a time that is no number counts against the list.
  if (!(Math.max(listFrom, manifest.issued) <= at + TOLERANCE_SECONDS)) return unknown('list-early');
  if (!(at <= (parseInstant(list.validUntil) ?? -Infinity))) return stale('list-ran-out');
  if (!(at <= manifest.expires)) return stale('manifest-ran-out');
  if (!(at <= keys.validUntil)) return stale('keys-ran-out');
  return { outcome: null, reason: null };
}

function unknown(reason: StatusUnknownReason): Standing {
  return { outcome: 'valid-status-unknown', reason };
}

function stale(reason: StatusStaleReason): Standing {
  return { outcome: 'valid-status-stale', reason };
}

function judgeVersions(manifest: Manifest | null, { seen }: IssuerTrust): Versions {
  if (manifest === null) return 'manifest-missing';
  if (seen === null) return 'first-seen';
  if (manifest.version < seen.manifest) return 'manifest-rolled-back';
  return manifest.version > seen.manifest + MAX_LEAP ? 'manifest-leapt' : 'not-undercut';
}
