import { isArray, isObject, type JsonValue } from './strictJson.ts';

/** Write a value as the JSON Canonicalization Scheme does (RFC 8785). */
export function canonicalJson(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isObject(value)) {
    // Sorting strings compares UTF-16 code units, as RFC 8785 §3.2.3 wants.
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`).join(',')}}`;
  }
  // RFC 8785 §3.2.2 takes the text of numbers and strings from ECMAScript.
  return JSON.stringify(value);
}

/** Write a value as canonical JSON in UTF-8, as it is hashed. */
export function canonicalBytes(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}
