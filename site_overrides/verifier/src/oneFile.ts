import { parseInstant } from './validity.ts';

/** What a copy of verifier.html says of itself; nothing of it is verified here, as the copy does that when it is opened. */
export interface OneFile {
  /** Day on which the newest of its lists was signed, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** When the first of the lists inside runs out, in seconds since 1970. */
  readonly until: number;
}

const BLOCK = /<script type="application\/json" id="asnad-held" data-as-of="(\d{4}-\d\d-\d\d)">([^<]*)<\/script>/;

/**
 * Read what a file says of itself.
 *
 * @returns null where it is no copy of verifier.html, such as the apology of a host.
 */
export function readOneFile(text: string): OneFile | null {
  const [, asOf, block] = BLOCK.exec(text) ?? [];
  if (asOf === undefined || block === undefined) return null;
  try {
    const held = JSON.parse(block) as Readonly<Record<string, string>>;
    const ends = Object.entries(held).flatMap(([path, file]) => (path.endsWith('.json') ? endOf(atob(file)) : []));
    return ends.length === 0 ? null : { asOf, until: Math.min(...ends) };
  } catch {
    return null;
  }
}

function endOf(text: string): readonly number[] {
  const { validUntil, expires } = JSON.parse(text) as Readonly<Record<string, string | undefined>>;
  const end = parseInstant(validUntil ?? expires);
  return end === null ? [] : [end];
}
