import type { Outcome, Reason, Report } from './report.ts';
import { objectIn, objectsIn, textIn } from './signedFields.ts';

/** Stands in the place of an outcome for a file of a kind that holds no certificate. */
export const NO_CERTIFICATE = 'no-certificate';
/** Reason for a file that cannot be opened, is damaged, or holds more than one certificate. */
export const UNREADABLE = 'file-unreadable';

export type FileCode = Outcome | typeof NO_CERTIFICATE;

/** What a list of certificates says of one, all of it signed. */
export interface CertificateLine {
  readonly id: string;
  readonly name: string;
  readonly course: string;
  readonly serial: string;
  readonly issuer: string;
  readonly issuerId: string;
  /** `YYYY-MM-DD`. */
  readonly awarded: string;
  /** Instant; empty for a certificate that does not expire. */
  readonly expires: string;
}

/** Another file with the same certificate, or with another certificate of the same serial number. */
export interface Twin {
  readonly kind: 'same-certificate' | 'same-serial';
  readonly path: string;
}

/** One file of many, and what became of it. */
export interface CheckedFile {
  readonly path: string;
  readonly code: FileCode;
  /** What decided, unless all is well. */
  readonly reason: Reason | typeof UNREADABLE | null;
  /** null unless signature and content have passed. */
  readonly certificate: CertificateLine | null;
  readonly twin: Twin | null;
}

/** What a report decides by the list of withdrawn certificates, whatever else has failed. */
const BY_STATUS: ReadonlySet<Outcome> = new Set(['revoked', 'replaced', 'valid-status-unknown', 'valid-status-stale']);

/** Keep of a report what a list of many shows. */
export function checkedFile(path: string, report: Report): CheckedFile {
  const { outcome, checks, credential } = report;
  const deciding = checks.find(({ check, result }) => result === 'failed' && (check === 'status' || !BY_STATUS.has(outcome)));
  const certificate = credential === null ? null : lineOf(credential);
  return { path, code: outcome, reason: deciding?.reason ?? null, certificate, twin: null };
}

/** Say of a file why there is no report on it. */
export function unreportedFile(path: string, why: typeof NO_CERTIFICATE | typeof UNREADABLE | 'not-digits'): CheckedFile {
  const none = why === NO_CERTIFICATE;
  return { path, code: none ? why : 'cannot-check', reason: none ? null : why, certificate: null, twin: null };
}

function lineOf(credential: NonNullable<Report['credential']>): CertificateLine {
  const subject = objectIn(credential, 'credentialSubject');
  const issuer = objectIn(credential, 'issuer');
  const named = objectsIn(subject, 'identifier').find((entry) => entry['identityType'] === 'name' && entry['hashed'] !== true);
  return {
    id: textIn(credential, 'id') ?? '',
    name: (named ? textIn(named, 'identityHash') : textIn(subject, 'name')) ?? '',
    course: textIn(objectIn(subject, 'achievement'), 'name') ?? '',
    serial: textIn(subject, 'licenseNumber') ?? '',
    issuer: textIn(issuer, 'name') ?? '',
    issuerId: textIn(issuer, 'id') ?? '',
    awarded: (textIn(credential, 'awardedDate') ?? '').slice(0, 10),
    expires: textIn(credential, 'validUntil') ?? '',
  };
}

/** Point out files that hold the same certificate, or certificates of one issuer with the same serial number. */
export function withTwins(files: readonly CheckedFile[]): readonly CheckedFile[] {
  const byId = pathsBy(files, ({ id }) => id);
  const bySerial = pathsBy(files, serialKey);
  return files.map((file) => {
    if (file.certificate === null) return file;
    const other = (paths: readonly string[] | undefined): string | undefined => paths?.find((path) => path !== file.path);
    const same = other(byId.get(file.certificate.id));
    if (same !== undefined) return { ...file, twin: { kind: 'same-certificate', path: same } };
    const alike = other(bySerial.get(serialKey(file.certificate)));
    return alike === undefined ? file : { ...file, twin: { kind: 'same-serial', path: alike } };
  });
}

function serialKey({ issuerId, serial }: CertificateLine): string {
  return JSON.stringify([issuerId, serial]);
}

function pathsBy(files: readonly CheckedFile[], key: (line: CertificateLine) => string): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const { path, certificate } of files) {
    if (certificate === null) continue;
    const name = key(certificate);
    const others = paths.get(name);
    if (others === undefined) paths.set(name, [path]);
    // One other is enough for each; a thousand copies must not make a million steps.
    else if (others.length < 2) others.push(path);
  }
  return paths;
}

/** The words that a table of files needs in the reader's language. */
export interface FileWords {
  readonly outcome: Readonly<Record<Outcome, { readonly word: string }>>;
  readonly reason: Readonly<Record<string, string>>;
  readonly notCertificate: string;
  readonly unreadable: string;
}

/** Give the word for what became of a file. */
export function wordOf({ code }: Pick<CheckedFile, 'code'>, words: FileWords): string {
  return code === NO_CERTIFICATE ? words.notCertificate : words.outcome[code].word;
}

/** Give the reason in words; empty where all is well. */
export function whyOf({ reason }: CheckedFile, words: FileWords): string {
  if (reason === null) return '';
  return reason === UNREADABLE ? words.unreadable : (words.reason[reason] ?? reason);
}

const HEADING =
  'file,outcome,result,reason,why,name,course,serial,issuer,issuer_id,awarded,expires,certificate_id,twin,twin_of'.split(',');
/** What makes spreadsheets read a cell as a formula; some take off white space before they look. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** Write the table for a spreadsheet, as the command line does: with a byte order mark, and no cell that would be computed. */
export function filesCsv(files: readonly CheckedFile[], words: FileWords): string {
  // Where a comma divides decimals, spreadsheets end a cell at each semicolon.
  const rows = files.map((file) => cellsOf(file, words).map((cell) => cell.split(';').map(defused).join(';')));
  const lines = [HEADING, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`);
  return `\uFEFF${lines.join('')}`;
}

function cellsOf(file: CheckedFile, words: FileWords): readonly string[] {
  const { path, code, reason, certificate, twin } = file;
  const facts: readonly string[] =
    certificate === null
      ? Array<string>(8).fill('')
      : [
          certificate.name,
          certificate.course,
          certificate.serial,
          certificate.issuer,
          certificate.issuerId,
          certificate.awarded,
          certificate.expires,
          certificate.id,
        ];
  return [path, code, wordOf(file, words), reason ?? '', whyOf(file, words), ...facts, twin?.kind ?? '', twin?.path ?? ''];
}

function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
