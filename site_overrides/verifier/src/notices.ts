import { sha256 } from '@noble/hashes/sha2.js';
import { hexOf, remembering } from './bytes.ts';
import { conforms, type Schema } from './rules.ts';
import { parseJsonObject } from './strictJson.ts';

const MAX_BYTES = 4_194_304;

const SCHEMA: Schema = {
  Notices: { type: '=AsnadNotices!', format: 'count!', issuer: 'url!', notices: 'Notice**!' },
  Notice: { digest: 'digest!', state: 'withdrawn|replaced!', date: 'date!' },
};

/** What an issuer says of a credential it has withdrawn. */
export interface Notice {
  /** SHA-256 of `notice` ‖ 0x00 ‖ the credential's id, in hexadecimal digits. */
  readonly digest: string;
  readonly state: 'withdrawn' | 'replaced';
  /** Day, `YYYY-MM-DD`. */
  readonly date: string;
}

/**
 * Read an issuer's notices.json (docs/format.md §5.4), which counts only where a manifest vouches for it.
 *
 * @returns null where it is not a list of notices of that issuer.
 */
export const readNotices = remembering((bytes, issuer: string): readonly Notice[] | null => {
  const document = parseJsonObject(bytes, MAX_BYTES);
  if (document === null || !conforms(SCHEMA, 'Notices', document)) return null;
  if (document['format'] !== 1 || document['issuer'] !== issuer) return null;
  return document['notices'] as unknown as readonly Notice[];
});

/** Find the notice that names a credential. */
export function noticeOf(notices: readonly Notice[], credentialId: string): Notice | null {
  const digest = hexOf(sha256(new TextEncoder().encode(`notice\0${credentialId}`)));
  return notices.find((notice) => notice.digest === digest) ?? null;
}
