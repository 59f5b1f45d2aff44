import { acceptedVersions, readHeldKeys, readHeldManifest } from './heldKeys.ts';
import { forgetFetched, frozenPaths, pathsFor, type PinnedIssuer, type Reach, TrustLoader } from './loader.ts';
import { listPath } from './profile.ts';
import type { Report, ReportedIssuer } from './report.ts';
import { rememberVersions } from './seenVersions.ts';
import { objectIn, textIn } from './signedFields.ts';
import { type IssuerTrust, KEYS_PATH } from './trust.ts';
import { type Input, verify } from './verify.ts';

/** Whose page this is, as far as its signed key list was accepted: known before any certificate is. */
export interface Centre {
  readonly contact: ReportedIssuer['contact'];
  readonly demonstration: boolean;
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
}

/** Load the lists of the centre whose page this is; null where there is not exactly one, or its key list is not accepted. */
export async function meetCentre(issuers: readonly PinnedIssuer[]): Promise<Centre | null> {
  const loader = new TrustLoader(issuers);
  await loader.load(() => [KEYS_PATH]);
  return centreOf(loader.trust.issuers);
}

/** Load what is needed and verify: the one place where the pure core meets network, clock and memory. */
export async function judge(input: Input, issuers: readonly PinnedIssuer[]): Promise<Judgement> {
  const judgement = await judgeOnce(input, issuers);
  // While a new version of the site is put up, files of two versions may meet; a second look sees one.
  const mixed = judgement.report.checks.some(({ reason }) => reason === 'manifest-mismatch');
  if (!mixed) return judgement;
  forgetFetched();
  return judgeOnce(input, issuers);
}

async function judgeOnce(input: Input, issuers: readonly PinnedIssuer[]): Promise<Judgement> {
  const loader = new TrustLoader(issuers);
  await loader.load(() => pathsFor(input));
  const madeAt = Date.now();
  const verified = (): Report => verify(input, loader.trust, Math.floor(madeAt / 1000));

  let report = verified();
  if (report.checks.some(({ reason }) => reason === 'frozen-missing')) {
    await loader.load(frozenPaths);
    report = verified();
  }
  const { issuer } = report;
  const list = statusListOf(report);
  if (issuer !== null && list !== null) {
    await loader.load(({ did }) => (did === issuer.did ? [list] : []));
    report = verified();
  }

  const { issuers: trusted } = loader.trust;
  for (const held of trusted) {
    const accepted = acceptedVersions(held);
    if (accepted !== null) rememberVersions(held.did, accepted);
  }
  const held = trusted.find(({ did }) => did === issuer?.did);
  const manifestVersion = held === undefined ? null : manifestVersionOf(held);
  return { report, reach: loader.reach, madeAt, manifestVersion, centre: centreOf(trusted) };
}

/** Give the path of the list in which the credential is entered: one of the issuer's own, whatever the address says. */
function statusListOf({ credential, issuer }: Report): string | null {
  if (credential === null || issuer === null) return null;
  const address = textIn(objectIn(credential, 'credentialStatus'), 'statusListCredential');
  return address === null ? null : listPath(address, issuer.sites);
}

function manifestVersionOf(held: IssuerTrust): number | null {
  const keys = readHeldKeys(held);
  return keys.ok ? (readHeldManifest(held, keys.keys)?.version ?? null) : null;
}

function centreOf(trusted: readonly IssuerTrust[]): Centre | null {
  const [only] = trusted;
  if (only === undefined || trusted.length > 1) return null;
  const held = readHeldKeys(only);
  return held.ok ? { contact: held.keys.contact, demonstration: held.keys.demonstration } : null;
}
