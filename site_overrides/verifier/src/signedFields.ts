import { isObject, type JsonObject } from './strictJson.ts';

const NOTHING: JsonObject = {};

/** Give a text member; null where there is none. */
export function textIn(object: JsonObject, name: string): string | null {
  const value = object[name];
  return typeof value === 'string' ? value : null;
}

/** Give a number member; null where there is none. */
export function numberIn(object: JsonObject, name: string): number | null {
  const value = object[name];
  return typeof value === 'number' ? value : null;
}

/** Give an object member; an empty one where there is none. */
export function objectIn(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : NOTHING;
}

/** Give the objects of an array member. */
export function objectsIn(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : [];
}

/** Give the texts of an array member. */
export function textsIn(object: JsonObject, name: string): readonly string[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
