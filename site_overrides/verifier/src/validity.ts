import type { JsonValue } from './strictJson.ts';

/** How far a device's clock may lag behind the issuer's, in seconds (docs/format.md §6). */
export const TOLERANCE_SECONDS = 600;

const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;

/**
 * Read an instant, `YYYY-MM-DDTHH:MM:SSZ`.
 *
 * @returns Seconds since 1970, or null where it is no instant or the date does not exist.
 */
export function parseInstant(text: JsonValue | undefined): number | null {
  if (typeof text !== 'string' || !INSTANT.test(text) || text.startsWith('0000')) return null;
  const date = new Date(text);
  // Engines carry 30 February over into March; written again it differs.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== text.replace('Z', '.000Z')) return null;
  return date.getTime() / 1000;
}

/** Tell whether a text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: JsonValue | undefined): text is string {
  return typeof text === 'string' && parseInstant(`${text}T00:00:00Z`) !== null;
}

export type PeriodReason = 'not-yet' | 'over';

/**
 * Judge the period of a credential (docs/format.md §6, check 6).
 *
 * @param validFrom Seconds since 1970.
 * @param validUntil Seconds since 1970, or null where the credential does not run out.
 * @param at Seconds since 1970.
 */
export function periodReason(validFrom: number, validUntil: number | null, at: number): PeriodReason | null {
  // Written so that a time that is no number never lies within the period.
  if (!(at + TOLERANCE_SECONDS >= validFrom)) return 'not-yet';
  return validUntil === null || at <= validUntil ? null : 'over';
}
