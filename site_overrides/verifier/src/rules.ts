import { isArray, isObject, type JsonValue } from './strictJson.ts';
import { isDay, parseInstant } from './validity.ts';

/** Kinds of objects, each with the rules of its members, in the language of docs/format.md §2. */
export type Schema = Readonly<Record<string, Readonly<Record<string, string>>>>;

const FORBIDDEN_CHARACTER = /(?!\n)\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const ADDRESS = /^(?:https:\/\/|http:\/\/|did:|urn:)\P{White_Space}+$/u;
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const INDEX = /^(?:0|[1-9][0-9]*)$/;
const DIGEST = /^[0-9a-f]{64}$/;
const MAX_LINE = 1_000;
const MAX_URL = 2_000;
const MAX_TEXT = 20_000;

/** What is no object. Those from `count` on occur in what issuers publish, the others in §2. */
const SCALARS: ReadonlyMap<string, (value: JsonValue) => boolean> = new Map<string, (value: JsonValue) => boolean>([
  ['line', isLine],
  ['text', (value) => isText(value, MAX_TEXT)],
  ['url', (value) => isText(value, MAX_URL) && ADDRESS.test(value)],
  ['day', (value) => parseInstant(value) !== null && String(value).endsWith('T00:00:00Z')],
  ['instant', (value) => parseInstant(value) !== null],
  ['uuid', matching(UUID)],
  ['index', matching(INDEX)],
  ['number', (value) => typeof value === 'number'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['count', (value) => isWholeFrom(0, value)],
  ['version', (value) => isWholeFrom(1, value)],
  ['date', isDay],
  ['digest', matching(DIGEST)],
  ['string', (value) => typeof value === 'string'],
]);

/** Tell whether a value is a line as docs/format.md §2 has it. */
export function isLine(value: JsonValue | undefined): value is string {
  return isText(value, MAX_LINE) && !value.includes('\n');
}

/**
 * Tell whether a value is an object of a kind: required members are there, no others than the kind's, each by its rule.
 *
 * To the language of docs/format.md §2 this adds `**`, an array that may be empty.
 */
export function conforms(schema: Schema, kind: string, value: JsonValue | undefined): boolean {
  const rules = Object.hasOwn(schema, kind) ? schema[kind] : undefined;
  if (rules === undefined || !isObject(value)) return false;
  return (
    Object.keys(value).every((name) => Object.hasOwn(rules, name)) &&
    Object.entries(rules).every(([name, rule]) => obeys(schema, rule, value[name]))
  );
}

/** Tell whether a member obeys its rule; undefined stands for a member that is missing. */
export function obeys(schema: Schema, rule: string, value: JsonValue | undefined): boolean {
  if (value === undefined) return !rule.endsWith('!');
  const [, kind = '', array] = /^(.*?)(\*{0,2})!?$/.exec(rule) ?? [];
  if (array === '') return isOfKind(schema, kind, value);
  if (!isArray(value) || (array === '*' && value.length === 0)) return false;
  if (kind.startsWith('=')) {
    const words = kind.slice(1).split(',');
    return value.length === words.length && words.every((word, at) => value[at] === word);
  }
  return value.every((item) => isOfKind(schema, kind, item));
}

function isOfKind(schema: Schema, kind: string, value: JsonValue): boolean {
  if (kind.startsWith('=')) return value === kind.slice(1);
  if (kind.includes('|')) return typeof value === 'string' && kind.split('|').includes(value);
  return SCALARS.get(kind)?.(value) ?? conforms(schema, kind, value);
}

function matching(pattern: RegExp): (value: JsonValue) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function isWholeFrom(least: number, value: JsonValue): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function isText(value: JsonValue | undefined, limit: number): value is string {
  if (typeof value !== 'string' || value === '' || FORBIDDEN_CHARACTER.test(value)) return false;
  // A character beyond U+FFFF is two code units and counts once.
  return value.length <= limit || (value.length <= 2 * limit && [...value].length <= limit);
}
