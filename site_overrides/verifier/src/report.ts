import type { JsonObject } from './strictJson.ts';

/** Everything a verifier may say; the first that applies is the outcome (docs/format.md §6). */
export const OUTCOMES = [
  'cannot-check',
  'unknown-issuer',
  'invalid',
  'key-withdrawn',
  'revoked',
  'replaced',
  'not-yet-valid',
  'expired',
  'valid-status-unknown',
  'valid-status-stale',
  'demonstration',
  'valid',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The eight checks, in the order in which they are made (docs/format.md §6). */
export const CHECK_NAMES = ['read', 'format', 'issuer', 'key', 'signature', 'period', 'status', 'versions'] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

/** Why the credential could not be read. */
export type ReadReason =
  | 'too-large'
  | 'not-text'
  | 'not-json'
  | 'not-digits'
  | 'digits-damaged'
  | 'format-unknown'
  | 'dictionary-missing'
  | 'not-inflatable'
  | 'not-canonical';

/** Why the status of a credential is not known although a status list or manifest was looked for. */
export type StatusUnknownReason =
  | 'list-missing'
  | 'list-invalid'
  | 'manifest-missing'
  | 'manifest-invalid'
  | 'manifest-rolled-back'
  | 'manifest-leapt'
  | 'manifest-mismatch'
  | 'list-older'
  | 'list-early';

export type StatusStaleReason = 'list-ran-out' | 'manifest-ran-out' | 'keys-ran-out';

/** The stable codes of docs/format.md §6, the same in JSON, on the page and on the command line. */
export type Reason =
  | ReadReason
  | 'context-unsupported'
  | 'type-unsupported'
  | 'issuer-unreadable'
  | 'proof-unsupported'
  | 'issuer-unknown'
  | 'keys-missing'
  | 'keys-invalid'
  | 'keys-rolled-back'
  | 'keys-leapt'
  | 'key-unknown'
  | 'keys-ran-out'
  | 'key-role'
  | 'proof-purpose'
  | 'key-time'
  | 'signature-mismatch'
  | 'content'
  | 'frozen-missing'
  | 'key-compromised'
  | 'not-yet'
  | 'over'
  | 'replaced'
  | 'withdrawn'
  | StatusUnknownReason
  | StatusStaleReason
  | 'not-reached'
  | 'first-seen';

export interface Check {
  readonly check: CheckName;
  readonly result: 'passed' | 'failed' | 'unchecked';
  /** Absent where the check has passed. */
  readonly reason?: Reason;
}

/** A name the issuer bore, from its first day until before the other, each as `YYYY-MM-DD`. */
export interface DatedName {
  readonly name: string;
  readonly language: string;
  readonly from: string;
  /** null while the issuer still bears it. */
  readonly to: string | null;
}

/** Who the issuer is, as the keys.json signed by its root key says; nothing of it comes from the credential. */
export interface ReportedIssuer {
  readonly did: string;
  /** The names of the day of `validFrom`, or of the day *at* where no signature has been accepted. */
  readonly namesOfTheDay: readonly DatedName[];
  readonly names: readonly DatedName[];
  readonly contact: { readonly phone: string | null; readonly email: string | null };
  readonly sites: readonly string[];
  readonly keysVersion: number;
  /** Instant at which keys.json was issued. */
  readonly keysIssued: string;
}

export interface Report {
  readonly outcome: Outcome;
  /** All eight, in the order of `CHECK_NAMES`. */
  readonly checks: readonly Check[];
  /** `validFrom` of the status list that was read and verified, an instant. */
  readonly asOf: string | null;
  /** Whether the issuer's signed keys.json says that it is a demonstration. */
  readonly demonstration: boolean;
  /** The document; null unless checks 1 to 5 have passed, so that nothing false can be shown as fact. */
  readonly credential: JsonObject | null;
  /** The issued JCS bytes, where it has been read. Only for saving: what is shown comes from `credential`. */
  readonly bytes: Uint8Array | null;
  /** null unless a keys.json of a trusted issuer has been accepted. */
  readonly issuer: ReportedIssuer | null;
  /** The day `YYYY-MM-DD` a notice gives for a withdrawn or replaced credential, where there is a notice. */
  readonly noticeDate: string | null;
  /** The instant at which the status list used runs out. */
  readonly listValidUntil: string | null;
  /** The printed serial as the document claims it. Unverified: only for ringing the centre and reading it out. */
  readonly claimedSerial: string | null;
}

/** Give the report as the JSON text of docs/format.md §6, which has no more members than the specification names. */
export function reportJson(report: Report): string {
  const { outcome, checks, asOf, demonstration } = report;
  return JSON.stringify({ outcome, checks, asOf, demonstration });
}
