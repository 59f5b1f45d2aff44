// Which courses are compared, and where they differ.

/** More columns than this nobody can read side by side. */
export const MOST = 4;

const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** What the address of the page asks for. */
export interface Asked {
  readonly ids: readonly string[];
  /** What stands there and cannot be the id of a course, cut short. */
  readonly strange: readonly string[];
  /** Ids beyond the fourth. */
  readonly tooMany: readonly string[];
}

/** Read `?c=a,b,c`. */
export function askedCourses(search: string): Asked {
  const texts = new Set(new URLSearchParams(search).getAll("c").flatMap((list) => list.split(",")));
  const named = [...texts].map((text) => text.trim()).filter((text) => text !== "");
  const ids = named.filter((text) => ID.test(text));
  const strange = named.filter((text) => !ID.test(text)).slice(0, MOST).map((text) => [...text].slice(0, 40).join(""));
  return { ids: ids.slice(0, MOST), strange, tooMany: ids.slice(MOST, MOST * 3) };
}

/** Write the part of an address that asks for courses. */
export function comparisonQuery(ids: readonly string[]): string {
  return ids.length === 0 ? "" : `?c=${ids.join(",")}`;
}

/** A text in the reader's language, or one with the language that it is in. */
export type Line = string | { readonly lang: string; readonly text: string };

/** The facts of one course, as `courses/<id>/facts.json` has them. */
export interface CourseFacts {
  readonly id: string;
  readonly title: Line;
  readonly kind: string;
  readonly start: string | null;
  /** Last day of applications for the next batch, where they are taken or will be. */
  readonly closes: string | null;
  readonly facts: Readonly<Record<string, readonly Line[]>>;
}

/** Read a file of facts; nothing where it is not that, or of another course. */
export function readFacts(document: unknown, id: string): CourseFacts | null {
  if (typeof document !== "object" || document === null) return null;
  const { format, id: own, title, kind, start, closes, facts } = document as Record<string, unknown>;
  if (format !== 1 || own !== id || !isLine(title) || typeof kind !== "string") return null;
  if (![start, closes].every((day) => day === null || typeof day === "string") || typeof facts !== "object" || facts === null) return null;
  if (!Object.values(facts).every((lines) => Array.isArray(lines) && lines.every(isLine))) return null;
  return { id, title, kind, start: start as string | null, closes: closes as string | null, facts: facts as Record<string, Line[]> };
}

/** Give what is told of a fact on a day: what was true on the day of the build may be so no longer. */
export function linesOn(course: CourseFacts, row: string, day: string, began: string, closed: string): readonly Line[] {
  const lines = course.facts[row] ?? [];
  if (row !== "next") return lines;
  if (course.start !== null && course.start <= day) return [began];
  return course.closes !== null && course.closes < day ? [...lines.slice(0, 1), closed] : lines;
}

export function textOf(line: Line): string {
  return typeof line === "string" ? line : line.text;
}

/** Tell whether courses differ in a fact. */
export function differ(courses: readonly CourseFacts[], row: string): boolean {
  const said = courses.map((course) => (course.facts[row] ?? []).map(textOf).join("\n"));
  return said.some((text) => text !== said[0]);
}

function isLine(value: unknown): value is Line {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null) return false;
  const { lang, text } = value as Record<string, unknown>;
  return typeof lang === "string" && typeof text === "string";
}
