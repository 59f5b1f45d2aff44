/** How far a device's clock may be from the site's, in milliseconds: nobody needs to set a clock by the minute. */
const TOLERATED = 86_400_000;

/** That a device's clock cannot be right beside another date, given in milliseconds since 1970. */
export interface ClockFault {
  readonly kind: 'site' | 'signed';
  readonly other: number;
}

/** Between which moments an answer was sent, in milliseconds since 1970: what lies between may be a cache's doing. */
export interface Sent {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * Read when an answer was sent.
 *
 * @param date Header of that name (RFC 9110, 6.6.1).
 * @param age Header of that name: seconds that a cache has held the answer (RFC 9111, 5.1).
 * @returns null where the site does not say.
 */
export function sentIn(date: string | null, age: string | null): Sent | null {
  const earliest = Date.parse(date ?? '');
  // Some caches write the date anew and some do not.
  const held = /^\d{1,9}$/.test(age ?? '') ? Number(age) * 1000 : 0;
  return Number.isNaN(earliest) ? null : { earliest, latest: earliest + held };
}

/**
 * Tell whether a device's clock cannot be right; that never changes a verdict, and is only said.
 *
 * @param device Milliseconds since 1970.
 * @param signed When the newest of the lists held was signed, in milliseconds since 1970.
 */
export function clockFault(device: number, sent: Sent | null, signed: number | null): ClockFault | null {
  if (sent !== null && device > sent.latest + TOLERATED) return { kind: 'site', other: sent.latest };
  if (sent !== null && device < sent.earliest - TOLERATED) return { kind: 'site', other: sent.earliest };
  if (signed !== null && device < signed - TOLERATED) return { kind: 'signed', other: signed };
  return null;
}
