/** Dates as people read them: the month is always a word, the calendar Gregorian, the digits those of the rest of the page. */
import { filledText } from './elements.ts';

/** How a language writes a date; browsers do not know every language. */
export type DateWords = Pick<(typeof import('../../messages/en.json'))['formats'], 'date' | 'instant' | `month.${MonthNumber}`>;

type MonthNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

const NUMBERS = { calendar: 'gregory', numberingSystem: 'latn', day: 'numeric', month: 'numeric', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;

/**
 * Write a day.
 *
 * @param day `YYYY-MM-DD`, or an instant of which the day in UTC is meant (docs/format.md, Conventions).
 */
export function writtenDay(day: string, words: DateWords): string {
  return writtenDayIn(day.slice(0, 10), words, 'UTC');
}

/**
 * Write the day on which an instant falls.
 *
 * @param instant `YYYY-MM-DDTHH:MM:SSZ`.
 * @param timeZone IANA name; the device's own if none is given.
 */
export function writtenDayIn(instant: string, words: DateWords, timeZone?: string): string {
  const date = new Date(instant);
  // What is no date is shown as it stands: the signed text is the fact, not its reading.
  if (Number.isNaN(date.getTime())) return instant;
  const { day = '', month = '', year = '' } = parts(date, 'en', timeZone === undefined ? NUMBERS : { ...NUMBERS, timeZone });
  return filledText(words.date, { day, month: words[`month.${month}` as `month.${MonthNumber}`], year });
}

/**
 * Write an instant in the time zone of the device, which is named.
 *
 * @param instant `YYYY-MM-DDTHH:MM:SSZ`.
 */
export function writtenInstant(instant: string, words: DateWords): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  // British English names no zone but by its hours from Greenwich, which anyone can read.
  const { hour = '', minute = '', timeZoneName = '' } = parts(date, 'en-GB', TIME);
  return filledText(words.instant, { day: writtenDayIn(instant, words), time: `${hour}:${minute} ${timeZoneName}` });
}

/**
 * Give the month in which an instant falls, from 1 to 12; null for what is no instant.
 *
 * @param timeZone IANA name.
 */
export function numberedMonth(instant: string, timeZone: string): { readonly year: number; readonly month: number } | null {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return null;
  const { month, year } = parts(date, 'en', { ...NUMBERS, timeZone });
  return { year: Number(year), month: Number(month) };
}

/** Write a month of a year. */
export function writtenMonth({ year, month }: { readonly year: number; readonly month: number }, words: DateWords): string {
  return `${words[`month.${month}` as `month.${MonthNumber}`]} ${year}`;
}

function parts(date: Date, locale: string, format: Intl.DateTimeFormatOptions): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const made = new Intl.DateTimeFormat(locale, format).formatToParts(date);
  return Object.fromEntries(made.map(({ type, value }) => [type, value]));
}
