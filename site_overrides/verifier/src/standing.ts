import { isBitSet } from './bitstring.ts';
import { readHeldManifest } from './heldKeys.ts';
import type { KeysFile } from './keysFile.ts';
import { type Manifest, vouchesFor } from './manifest.ts';
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
  const { files } = issuer;
  const path = listPath(claims.listAddress, keys.sites) ?? '';
  const listBytes = files.get(path);
  const list = listBytes === undefined ? null : readStatusList(listBytes, claims.listAddress, keys);
  const bit = list && bitOf(list, claims.listIndex);
  const manifest = readHeldManifest(issuer, keys);
  const isVouchedFor = (file: string): boolean => manifest !== null && vouchesFor(manifest, file, files.get(file));
  const noticesBytes = files.get(NOTICES_PATH);
  const notices =
    noticesBytes !== undefined && isVouchedFor(NOTICES_PATH) ? readNotices(noticesBytes, keys.issuer) : null;
  const notice = notices && noticeOf(notices, claims.id);
  const versions = judgeVersions(manifest, issuer);
  const listFrom = parseInstant(list?.validFrom) ?? Infinity;
  const standings: readonly (readonly [applies: boolean, standing: Standing])[] = [
    // Whatever its age or version, a signed list that withdraws a credential is believed.
    [notice?.state === 'replaced', { outcome: 'replaced', reason: 'replaced' }],
    [notice !== null || bit === true, { outcome: 'revoked', reason: 'withdrawn' }],
    [listBytes === undefined, unknown('list-missing')],
    [bit === null, unknown('list-invalid')],
    [!files.has(MANIFEST_PATH), unknown('manifest-missing')],
    [manifest === null, unknown('manifest-invalid')],
    [versions === 'manifest-rolled-back', unknown('manifest-rolled-back')],
    [versions === 'manifest-leapt', unknown('manifest-leapt')],
    [notices === null || ![KEYS_PATH, path].every(isVouchedFor), unknown('manifest-mismatch')],
    [listFrom < (parseInstant(claims.validFrom) ?? Infinity), unknown('list-older')],
    // All that follows is written so that a time that is no number counts against the list.
    [!(Math.max(listFrom, manifest?.issued ?? Infinity) <= at + TOLERANCE_SECONDS), unknown('list-early')],
    [!(at <= (parseInstant(list?.validUntil) ?? -Infinity)), stale('list-ran-out')],
    [!(at <= (manifest?.expires ?? -Infinity)), stale('manifest-ran-out')],
    [!(at <= keys.validUntil), stale('keys-ran-out')],
  ];
  const [, standing] = standings.find(([applies]) => applies) ?? [true, IN_FORCE];
  return { standing, list, notice, versions };
}

const IN_FORCE: Standing = { outcome: null, reason: null };

function bitOf(list: StatusList, decimal: string): boolean | null {
  const index = Number(decimal);
  return index < list.bits.length * 8 ? isBitSet(list.bits, index) : null;
}

function unknown(reason: StatusUnknownReason): Standing {
  return { outcome: 'valid-status-unknown', reason };
}

function stale(reason: StatusStaleReason): Standing {
  return { outcome: 'valid-status-stale', reason };
}

/** Compare the version of a manifest with the highest that has been accepted before. */
export function judgeVersions(manifest: Manifest | null, { seen }: IssuerTrust): Versions {
  if (manifest === null) return 'manifest-missing';
  if (seen === null) return 'first-seen';
  if (manifest.version < seen.manifest) return 'manifest-rolled-back';
  return manifest.version > seen.manifest + MAX_LEAP ? 'manifest-leapt' : 'not-undercut';
}
