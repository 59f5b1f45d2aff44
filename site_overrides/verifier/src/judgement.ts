import { acceptedVersions, readHeldKeys, readHeldManifest } from './heldKeys.ts';
import type { KeysFile } from './keysFile.ts';
import { dictionaryPaths, forgetFetched, frozenPaths, LIST_PATHS, type Reach, TrustLoader } from './loader.ts';
import type { Manifest } from './manifest.ts';
import type { PinnedIssuer } from './pinnedIssuers.ts';
import { listPath } from './profile.ts';
import type { Report, ReportedIssuer } from './report.ts';
import { confirmAnswers } from './secondOpinion.ts';
import { rememberVersions } from './seenVersions.ts';
import { objectIn, textIn } from './signedFields.ts';
import { type IssuerTrust, KEYS_PATH } from './trust.ts';
import { type Input, verify } from './verify.ts';

/** Whose page this is, as far as its signed key list was accepted: known before any certificate is. */
export interface Centre {
  readonly contact: ReportedIssuer['contact'];
  readonly demonstration: boolean;
  /** When its newest lists were signed, in seconds since 1970; null where its manifest was not needed, or not accepted. */
  readonly issued: number | null;
}

/** A report, and what it rested on. */
export interface Judgement {
  readonly report: Report;
  readonly reach: Reach;
  /** When it was made by this device's clock, in milliseconds since 1970. */
  readonly madeAt: number;
  /** Version of the issuer's manifest, if it is signed; null where there is none. */
  readonly manifestVersion: number | null;
  readonly centre: Centre | null;
  /** The issuer that the certificate names, where that is not the centre but one that the centre trusts. */
  readonly other: PinnedIssuer | undefined;
}

/** What is held of an issuer, as far as it is accepted. */
export interface IssuerLists {
  readonly keys: KeysFile | null;
  readonly manifest: Manifest | null;
}

/** Load the lists of every issuer without a certificate, to tell how old they are. */
export async function issuerLists(issuers: readonly PinnedIssuer[]): Promise<readonly IssuerLists[]> {
  const loader = new TrustLoader(issuers);
  await loader.load(() => LIST_PATHS);
  return loader.trust.issuers.map(listsOf);
}

/** Load the key list of the centre whose page this is, the first that is pinned; null where it is not accepted. */
export async function meetCentre(issuers: readonly PinnedIssuer[]): Promise<Centre | null> {
  const loader = new TrustLoader(issuers.slice(0, 1));
  await loader.load(() => [KEYS_PATH]);
  return centreOf(loader.trust.issuers);
}

/** Load what is needed and verify: the one place where the pure core meets network, clock and memory. */
export async function judge(input: Input, issuers: readonly PinnedIssuer[]): Promise<Judgement> {
  let judgement = await judgeOnce(input, issuers);
  // While a new version of the site is put up, files of two versions may meet; a second look sees one.
  const mixed = judgement.report.checks.some(({ reason }) => reason === 'manifest-mismatch');
  if (mixed) {
    forgetFetched();
    judgement = await judgeOnce(input, issuers);
  }
  if (!isUnsure(judgement.report) || !navigator.serviceWorker?.controller) return judgement;
  // What the site gives may be an apology of its host; what this device holds has passed as a whole.
  const held = await judgeOnce(input, issuers, true);
  // Never against a newer word of the centre about its keys: one of them may be known to be stolen by now.
  return isUnsure(held.report) || keysVersion(judgement) > keysVersion(held) ? judgement : held;
}

function keysVersion({ report: { issuer } }: Judgement): number {
  return issuer?.keysVersion ?? 0;
}

function isUnsure({ outcome }: Report): boolean {
  return outcome === 'cannot-check' || outcome === 'valid-status-unknown';
}

async function judgeOnce(input: Input, issuers: readonly PinnedIssuer[], heldOnly = false): Promise<Judgement> {
  const loader = new TrustLoader(issuers, heldOnly);
  const own = issuers[0]?.did;
  // Most certificates are the centre's own, and then nothing of the others is asked for.
  await loader.load(({ did }) => (did === own ? [...LIST_PATHS, ...dictionaryPaths(input)] : []));
  const madeAt = Date.now();
  const verified = async (): Promise<Report> => {
    const report = verify(input, loader.trust, Math.floor(madeAt / 1000));
    await confirmAnswers();
    return report;
  };

  let report = await verified();
  let other: PinnedIssuer | undefined;
  if (report.credential === null && issuers.length > 1) {
    // Two issuers may have dictionaries of one name; the signature tells which of them was meant.
    await loader.load(({ did }) => (did === own ? [] : dictionaryPaths(input)));
    other = namedIn(await verified(), issuers);
    await loader.load(({ did }) => (did === other?.did ? LIST_PATHS : []));
    report = await verified();
  }
  if (report.checks.some(({ reason }) => reason === 'frozen-missing')) {
    await loader.load(frozenPaths);
    report = await verified();
  }
  const { issuer } = report;
  const list = statusListOf(report);
  if (issuer !== null && list !== null) {
    await loader.load(({ did }) => (did === issuer.did ? [list] : []));
    report = await verified();
  }

  const { issuers: trusted } = loader.trust;
  // A manifest whose lists did not come with it must not make those useless that this device holds.
  for (const held of isUnsure(report) ? [] : trusted) {
    const accepted = acceptedVersions(held);
    if (accepted !== null) rememberVersions(held, accepted);
  }
  const held = trusted.find(({ did }) => did === issuer?.did);
  const manifestVersion = held === undefined ? null : (listsOf(held).manifest?.version ?? null);
  return { report, reach: loader.reach, madeAt, manifestVersion, centre: centreOf(trusted), other };
}

/** Find the issuer that a document names: that decides only which of the pinned files are read, and nothing is believed yet. */
function namedIn({ bytes }: Report, [, ...others]: readonly PinnedIssuer[]): PinnedIssuer | undefined {
  if (bytes === null) return undefined;
  const document = JSON.parse(new TextDecoder().decode(bytes)) as { issuer?: { id?: unknown } | null } | null;
  return others.find(({ did }) => did === document?.issuer?.id);
}

/** Give the path of the list in which the credential is entered: one of the issuer's own, whatever the address says. */
function statusListOf({ credential, issuer }: Report): string | null {
  if (credential === null || issuer === null) return null;
  const address = textIn(objectIn(credential, 'credentialStatus'), 'statusListCredential');
  return address === null ? null : listPath(address, issuer.sites);
}

function listsOf(held: IssuerTrust): IssuerLists {
  const read = readHeldKeys(held);
  return read.ok ? { keys: read.keys, manifest: readHeldManifest(held, read.keys) } : { keys: null, manifest: null };
}

/** The first of the issuers that a page pins is the centre whose page it is. */
function centreOf([own]: readonly IssuerTrust[]): Centre | null {
  if (own === undefined) return null;
  const { keys, manifest } = listsOf(own);
  return keys && { contact: keys.contact, demonstration: keys.demonstration, issued: manifest?.issued ?? null };
}
