/** Dates as people read them: the month is always a word, the calendar Gregorian, the digits those of the rest of the page. */
const UNAMBIGUOUS = { calendar: 'gregory', numberingSystem: 'latn', day: 'numeric', month: 'long', year: 'numeric' } as const;

/**
 * Write a day.
 *
 * @param day `YYYY-MM-DD`, or an instant of which the day in UTC is meant (docs/format.md, Conventions).
 */
export function writtenDay(day: string, locale: string): string {
  return written(day.slice(0, 10), locale, { ...UNAMBIGUOUS, timeZone: 'UTC' });
}

/**
 * Write the day on which an instant falls.
 *
 * @param instant `YYYY-MM-DDTHH:MM:SSZ`.
 * @param timeZone IANA name.
 */
export function writtenDayIn(instant: string, locale: string, timeZone: string): string {
  return written(instant, locale, { ...UNAMBIGUOUS, timeZone });
}

/**
 * Write an instant in the time zone of the device, which is named.
 *
 * @param instant `YYYY-MM-DDTHH:MM:SSZ`.
 */
export function writtenInstant(instant: string, locale: string): string {
  return written(instant, locale, { ...UNAMBIGUOUS, hour: '2-digit', minute: '2-digit', timeZoneName: 'short', hourCycle: 'h23' });
}

function written(text: string, locale: string, format: Intl.DateTimeFormatOptions): string {
  const date = new Date(text);
  // What is no date is shown as it stands: the signed text is the fact, not its reading.
  return Number.isNaN(date.getTime()) ? text : new Intl.DateTimeFormat(locale, format).format(date);
}
