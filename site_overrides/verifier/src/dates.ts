/** Dates as people read them: the month is always a word, the calendar Gregorian, the digits those of the rest of the page. */
import { filledText } from './elements.ts';

/** How a language writes a date; browsers do not know every language. */
export type DateWords = Pick<(typeof import('../../messages/en.json'))['formats'], 'date' | 'instant' | `month.${MonthNumber}`>;

type MonthNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

const NUMBERS = { calendar: 'gregory', numberingSystem: 'latn', day: 'numeric', month: 'numeric', year: 'numeric' } as const;

/**
 * Write a day.
 *
 * @param day `YYYY-MM-DD`, or an instant of which the day in UTC is meant (docs/format.md, Conventions).
 */
export function writtenDay(day: string, words: DateWords): string {
  const date = new Date(day.slice(0, 10));
  // What is no date is shown as it stands: the signed text is the fact, not its reading.
  if (Number.isNaN(date.getTime())) return day.slice(0, 10);
  return namedDay(date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear(), words);
}

/**
 * Write the day on which an instant falls.
 *
 * @param instant `YYYY-MM-DDTHH:MM:SSZ`.
 * @param timeZone IANA name; the device's own if none is given.
 */
export function writtenDayIn(instant: string, words: DateWords, timeZone?: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  // What the verdict shows is written without the browser's tables of zones, which a slow phone takes long to open.
  if (timeZone === undefined) return namedDay(date.getDate(), date.getMonth() + 1, date.getFullYear(), words);
  const { day, month, year } = parts(date, 'en', { ...NUMBERS, timeZone });
  return namedDay(Number(day), Number(month), Number(year), words);
}

function namedDay(day: number, month: number, year: number, words: DateWords): string {
  return filledText(words.date, { day: `${day}`, month: words[`month.${month as MonthNumber}`], year: `${year}` });
}

/**
 * Write an instant in the time zone of the device, which is named.
 *
 * @param instant `YYYY-MM-DDTHH:MM:SSZ`.
 */
export function writtenInstant(instant: string, words: DateWords): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const clock = twoDigits(date.getHours(), date.getMinutes());
  return filledText(words.instant, { day: writtenDayIn(instant, words), time: `${clock} ${zoneOf(date)}` });
}

/** Name the device's zone by its hours from Greenwich, which anyone can read. */
function zoneOf(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  if (minutes === 0) return 'GMT';
  return `GMT${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${twoDigits(rest)}`}`;
}

function twoDigits(...numbers: readonly number[]): string {
  return numbers.map((number) => `${number}`.padStart(2, '0')).join(':');
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
