import { isMarkup } from './bakedSvg.ts';
import { type CheckedFile, checkedFile, NO_CERTIFICATE, UNREADABLE, unreportedFile } from './checkedFile.ts';
import { takenFrom } from './givenFile.ts';
import { isPicture } from './pictureSize.ts';
import type { Core } from './toolbox.ts';
import { FILE_LIMIT, type Given } from './ways.ts';

/** One file of a folder; null where its folder cannot be opened. */
export interface FolderFile {
  readonly path: string;
  readonly file: File | null;
}

/** What a file of a folder holds: a certificate to check, or why there is none to check. */
export type Held = { readonly given: Given } | { readonly why: typeof NO_CERTIFICATE | typeof UNREADABLE | 'not-digits' };

/** What a text holds: the digits of one certificate, more than one link, or neither. */
export type TextHeld = { readonly digits: string } | 'several' | 'nothing';

/** A photograph may be that large. */
const MAX_FILE = 30_000_000;
const PDF = [0x25, 0x50, 0x44, 0x46];
/** A web page, which other programs keep beside what they save. */
const HTML = /^(?:\xef\xbb\xbf)?[ \t\r\n]*<(?:!doctype[ \t\r\n]+)?html/i;
const TIFF = [
  [0x49, 0x49, 0x2a, 0],
  [0x4d, 0x4d, 0, 0x2a],
];
/** What a picture is where no certificate is inside, and no code of one is seen. */
const NO_CODE: ReadonlySet<string> = new Set(['nothing', 'number', 'text', 'link']);

/** Judge one file of many. Whatever it is, nothing is thrown. */
export async function checkedFolderFile({ path, file }: FolderFile, core: Core): Promise<CheckedFile> {
  const held = file === null ? ({ why: UNREADABLE } as const) : await heldIn(file, core);
  if ('why' in held) return unreportedFile(path, held.why);
  const judgement = await core.judge(held.given.input).catch(() => null);
  return judgement === null ? unreportedFile(path, UNREADABLE) : checkedFile(path, judgement.report);
}

/** Find the certificate in a file of a folder, where any kind of file may lie. */
export async function heldIn(file: File, core: Core): Promise<Held> {
  // Asnad itself keeps such a file beside each certificate: the same again, for code and link.
  if (file.name.endsWith('.digits')) return { why: NO_CERTIFICATE };
  const named = file.name.toLowerCase().endsWith('.json');
  if (file.size > MAX_FILE) return { why: named ? UNREADABLE : NO_CERTIFICATE };
  try {
    // One byte beyond the limit is enough for the verifier to say that it is too large.
    const head = new Uint8Array(await file.slice(0, FILE_LIMIT + 1).arrayBuffer());
    const begins = (beginning: readonly number[]): boolean => beginning.every((byte, at) => head[at] === byte);
    if (begins(PDF) || TIFF.some(begins)) return { why: UNREADABLE };
    const held = await heldBehind(head, file, core);
    // By its name it is a certificate file, and so a damaged one.
    const damaged = named && 'why' in held && held.why === NO_CERTIFICATE;
    return damaged ? { given: { input: { document: head }, host: null } } : held;
  } catch {
    return { why: UNREADABLE };
  }
}

async function heldBehind(head: Uint8Array, file: File, core: Core): Promise<Held> {
  if (HTML.test(asciiOf(head))) return { why: NO_CERTIFICATE };
  if (isPicture(head) || isMarkup(head)) return heldInPicture(file, core);
  if (isDocument(head)) return { given: { input: { document: head }, host: null } };
  const text = head.length > FILE_LIMIT ? 'nothing' : digitsInText(head);
  if (text === 'several') return { why: UNREADABLE };
  return text === 'nothing' ? { why: NO_CERTIFICATE } : { given: { input: text, host: null } };
}

async function heldInPicture(file: File, core: Core): Promise<Held> {
  const taken = await takenFrom(file, core);
  if ('given' in taken) return taken;
  if (taken.fault === 'bareSvg') return { why: NO_CERTIFICATE };
  return { why: NO_CODE.has(taken.fault) ? 'not-digits' : UNREADABLE };
}

function isDocument(head: Uint8Array): boolean {
  return /^[ \t\r\n]*(?:\xef\xbb\xbf)?[ \t\r\n]*[[{]/.test(asciiOf(head));
}

function asciiOf(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, 4096));
}

/** Take the digits out of a text that ends with a link or is nothing but digits, as the command line does. */
export function digitsInText(bytes: Uint8Array): TextHeld {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trimEnd();
  } catch {
    return 'nothing';
  }
  const links = text.match(/(?:#|%23)[0-9]{40}/g) ?? [];
  if (links.length > 1) return 'several';
  const [, ofLink] = /(?:#|%23)([0-9][0-9 \n\r-]*)$/.exec(text) ?? [];
  const digits = ofLink ?? (text.includes('://') ? '' : text.trim());
  if (/^[0-9 \r\n-]+$/.test(digits)) return { digits };
  // So many digits in a row are a certificate that somebody has damaged.
  return /[0-9]{40}/.test(text) ? { digits: digits || text } : 'nothing';
}
