import { authenticate, type Failure } from './authenticity.ts';
import { canonicalBytes } from './canonicalJson.ts';
import type { KeysFile } from './keysFile.ts';
import { decodePayload, restoreCredentials } from './qrPayload.ts';
import {
  type Check,
  CHECK_NAMES,
  type CheckName,
  type DatedName,
  type Outcome,
  OUTCOMES,
  type Reason,
  type Report,
  type ReportedIssuer,
} from './report.ts';
import { isLine } from './rules.ts';
import { judgeStanding, type Standing, type Versions } from './standing.ts';
import { isObject, type JsonValue, parseJson } from './strictJson.ts';
import type { Trust } from './trust.ts';
import { parseInstant, type PeriodReason, periodReason } from './validity.ts';

const MAX_CREDENTIAL = 65_536;
const MAX_SERIAL = 100;
/** The checks that have all passed where a credential is authentic. */
const ESTABLISHED = ['read', 'format', 'issuer', 'key', 'signature'] as const;

/** What is to be verified: a file as it was received, or the digits of a code or link. */
export type Input = { readonly document: Uint8Array } | { readonly digits: string };

/**
 * Judge one certificate by the eight checks of docs/format.md §6; no input makes it throw.
 *
 * @param trust Whom this verifier believes, and what it holds of them.
 * @param at The moment for which the verdict is asked, in seconds since 1970.
 */
export function verify(input: Input, trust: Trust, at: number): Report {
  const read = 'digits' in input ? readDigits(input.digits, trust) : readDocument(input.document);
  if ('reason' in read) return unreadable(read.reason);
  const reports = read.credentials.map((credential) => verifyCredential(credential, trust, at));
  const signed = reports.find(({ checks }) =>
    checks.some((check) => check.check === 'signature' && check.result === 'passed'),
  );
  return signed ?? reports[0] ?? unreadable('not-canonical');
}

type Read = { readonly credentials: readonly JsonValue[] } | { readonly reason: Reason };

function readDigits(digits: string, trust: Trust): Read {
  const decoded = decodePayload(digits);
  return decoded.ok ? restoreCredentials(decoded.payload, trust.dictionaries) : decoded;
}

function readDocument(bytes: Uint8Array): Read {
  const parsed = parseJson(bytes, MAX_CREDENTIAL);
  return parsed.ok ? { credentials: [parsed.value] } : parsed;
}

function verifyCredential(credential: JsonValue, trust: Trust, at: number): Report {
  const authenticity = authenticate(credential, trust, at);
  const bytes = canonicalBytes(credential);
  const claimedSerial = serialOf(credential);
  if (!authenticity.ok) {
    const { failure, passed, keys } = authenticity;
    return {
      ...NOTHING_LEARNT,
      outcome: failure.outcome,
      checks: checksOf(['read', ...passed], failure),
      demonstration: keys?.demonstration ?? false,
      bytes,
      issuer: keys && issuerOf(keys, dayOf(at)),
      claimedSerial,
    };
  }
  const { document, claims, keys, issuer } = authenticity;
  const validUntil = claims.validUntil === null ? null : parseInstant(claims.validUntil);
  const period = periodReason(parseInstant(claims.validFrom) ?? Infinity, validUntil, at);
  const { standing, list, notice, versions } = judgeStanding(claims, keys, issuer, at);
  return {
    outcome: outcomeOf(period, standing, keys.demonstration),
    checks: [
      ...ESTABLISHED.map((check): Check => ({ check, result: 'passed' })),
      judged('period', period),
      judged('status', standing.reason),
      versionsCheck(versions),
    ],
    asOf: list?.validFrom ?? null,
    demonstration: keys.demonstration,
    credential: document,
    bytes,
    issuer: issuerOf(keys, claims.validFrom.slice(0, 10)),
    noticeDate: notice?.date ?? null,
    listValidUntil: list?.validUntil ?? null,
    claimedSerial,
  };
}

const NOTHING_LEARNT = {
  asOf: null,
  demonstration: false,
  credential: null,
  bytes: null,
  issuer: null,
  noticeDate: null,
  listValidUntil: null,
  claimedSerial: null,
} as const;

function unreadable(reason: Reason): Report {
  return { ...NOTHING_LEARNT, outcome: 'cannot-check', checks: checksOf([], { check: 'read', reason }) };
}

const OUTCOME_OF_PERIOD: Readonly<Record<PeriodReason, Outcome>> = { 'not-yet': 'not-yet-valid', over: 'expired' };

function outcomeOf(period: PeriodReason | null, standing: Standing, demonstration: boolean): Outcome {
  const candidates: Outcome[] = [demonstration ? 'demonstration' : 'valid'];
  if (period !== null) candidates.push(OUTCOME_OF_PERIOD[period]);
  if (standing.outcome !== null) candidates.push(standing.outcome);
  return OUTCOMES.find((outcome) => candidates.includes(outcome)) ?? 'cannot-check';
}

function checksOf(passed: readonly CheckName[], failure: Pick<Failure, 'check' | 'reason'>): Check[] {
  return CHECK_NAMES.map((check) => {
    if (check === failure.check) return { check, result: 'failed', reason: failure.reason };
    return passed.includes(check) ? { check, result: 'passed' } : { check, result: 'unchecked', reason: 'not-reached' };
  });
}

function judged(check: CheckName, reason: Reason | null): Check {
  return reason === null ? { check, result: 'passed' } : { check, result: 'failed', reason };
}

function versionsCheck(versions: Versions): Check {
  if (versions === 'not-undercut') return { check: 'versions', result: 'passed' };
  const incomparable = versions === 'first-seen' || versions === 'manifest-missing';
  return { check: 'versions', result: incomparable ? 'unchecked' : 'failed', reason: versions };
}

function issuerOf(keys: KeysFile, day: string): ReportedIssuer {
  return {
    did: keys.issuer,
    namesOfTheDay: keys.names.filter((name) => isBorneOn(name, day)),
    names: keys.names,
    contact: keys.contact,
    sites: keys.sites,
    keysVersion: keys.version,
    keysIssued: keys.issued,
  };
}

function isBorneOn({ from, to }: DatedName, day: string): boolean {
  return from <= day && (to === null || day < to);
}

/** The day of a moment, `YYYY-MM-DD`; empty for a moment that no date can hold. */
function dayOf(at: number): string {
  const date = new Date(at * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

function serialOf(credential: JsonValue): string | null {
  const subject = isObject(credential) ? credential['credentialSubject'] : undefined;
  const serial = isObject(subject) ? subject['licenseNumber'] : undefined;
  return isLine(serial) && serial.length <= MAX_SERIAL ? serial : null;
}
