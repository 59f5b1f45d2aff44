export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** An object without prototype, so that a member named `__proto__` is a member like any other. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export type JsonRefusal = 'too-large' | 'not-text' | 'not-json';

export type JsonResult =
  { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly reason: JsonRefusal };

const MAX_DEPTH = 32;
const MAX_NUMBER = Number.MAX_SAFE_INTEGER;
const MIN_NUMBER = 1e-6;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LONE_SURROGATE = /\p{Surrogate}/u;

class NotJson extends Error {}

/**
 * Parse bytes that were received, refusing whatever two readers could understand differently (docs/format.md §1).
 *
 * @param limit Largest number of bytes that is read.
 */
export function parseJson(bytes: Uint8Array, limit: number): JsonResult {
  if (bytes.length > limit) return { ok: false, reason: 'too-large' };
  let text: string;
  try {
    // Without ignoreBOM a byte order mark would vanish instead of being seen.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, reason: 'not-text' };
  }
  if (text.startsWith('\ufeff')) return { ok: false, reason: 'not-text' };
  try {
    return { ok: true, value: new Parser(text).document() };
  } catch (error) {
    if (error instanceof NotJson) return { ok: false, reason: 'not-json' };
    throw error;
  }
}

/** Parse bytes that must hold a JSON object; null where they do not. */
export function parseJsonObject(bytes: Uint8Array, limit: number): JsonObject | null {
  const result = parseJson(bytes, limit);
  return result.ok && isObject(result.value) ? result.value : null;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value);
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Copy an object without one member; nothing below it is copied. */
export function without(object: JsonObject, member: string): JsonObject {
  return withMembers(Object.entries(object).filter(([name]) => name !== member));
}

/** Make an object of members, each name of which occurs once. */
export function withMembers(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object = Object.create(null) as Record<string, JsonValue>;
  for (const [name, value] of members) object[name] = value;
  return object;
}

/** A parser of RFC 8259 by recursive descent, as deep as `MAX_DEPTH`. */
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue {
    const value = this.#value(0);
    this.#skipWhiteSpace();
    if (this.#at !== this.#text.length) throw new NotJson();
    return value;
  }

  #value(depth: number): JsonValue {
    this.#skipWhiteSpace();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth + 1);
      case '[':
        return this.#array(depth + 1);
      case '"':
        return this.#string();
    }
    const word = this.#match(WORD);
    return word === '' ? this.#number() : (JSON.parse(word) as boolean | null);
  }

  #object(depth: number): JsonObject {
    this.#enter(depth);
    const object = Object.create(null) as Record<string, JsonValue>;
    if (this.#took('}')) return object;
    do {
      this.#skipWhiteSpace();
      if (this.#text[this.#at] !== '"') throw new NotJson();
      const name = this.#string();
      if (name in object || !this.#took(':')) throw new NotJson();
      object[name] = this.#value(depth);
    } while (this.#took(','));
    if (!this.#took('}')) throw new NotJson();
    return object;
  }

  #array(depth: number): readonly JsonValue[] {
    this.#enter(depth);
    const array: JsonValue[] = [];
    if (this.#took(']')) return array;
    do array.push(this.#value(depth));
    while (this.#took(','));
    if (!this.#took(']')) throw new NotJson();
    return array;
  }

  #enter(depth: number): void {
    if (depth > MAX_DEPTH) throw new NotJson();
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    do this.#match(PLAIN_CHARACTERS);
    while (this.#match(ESCAPE) !== '');
    if (this.#text[this.#at] !== '"') throw new NotJson();
    this.#at += 1;
    const string = JSON.parse(this.#text.slice(start, this.#at)) as string;
    if (LONE_SURROGATE.test(string)) throw new NotJson();
    return string;
  }

  #number(): number {
    const text = this.#match(NUMBER);
    if (text === '') throw new NotJson();
    const value = Number(text);
    const magnitude = Math.abs(value);
    if (Object.is(value, -0) || magnitude > MAX_NUMBER) throw new NotJson();
    // A number too small for a double has become zero; its digits still tell.
    const isZero = !/^[^eE]*[1-9]/.test(text);
    if (magnitude < MIN_NUMBER && !isZero) throw new NotJson();
    return value;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    return text;
  }

  #took(character: string): boolean {
    this.#skipWhiteSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipWhiteSpace(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '-')) this.#at += 1;
  }
}
