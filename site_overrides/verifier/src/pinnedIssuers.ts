/** An issuer that the build of this site pinned into the page. */
export interface PinnedIssuer {
  readonly did: string;
  readonly rootKeys: readonly string[];
  /** Where its files lie, relative to the page. */
  readonly base: string;
  /** IANA name of the centre's zone, in which the last day of a certificate is named. */
  readonly timeZone: string;
  /** Of every issuer but the first, which is the centre whose page it is: its names by its signed key list, … */
  readonly names?: readonly string[];
  /** … where its files came from, … */
  readonly source?: string;
  /** … and since when it is on the list, `YYYY-MM-DD`. */
  readonly added?: string;
}

/** Read the issuers that the page pins. */
export function pinnedIssuers(): readonly PinnedIssuer[] {
  return JSON.parse(document.getElementById('asnad-issuers')?.textContent ?? '[]') as readonly PinnedIssuer[];
}
