// Which course has which word, and how well a course fits what somebody typed.
import { searchWords } from "./searchWords.ts";

/** Words in the order of their UTF-16 units, and for each the places of the courses that have it. */
export interface SearchIndex {
  readonly words: readonly string[];
  readonly titles: readonly (readonly number[])[];
  readonly texts: readonly (readonly number[])[];
}

/** What a word counts: all of it or its beginning, in a title or elsewhere, as typed or one letter off. */
const WEIGHTS = { titleWhole: 12, titlePrefix: 8, textWhole: 3, textPrefix: 2 } as const;
const SLIP = 0.5;
/** Shorter words have too many neighbours for a slip to be told. */
const SHORTEST_WITH_SLIP = 4;

/** Read `courses/search.json`; nothing where it is not that, or not of these courses. */
export function readSearchIndex(document: unknown, ids: readonly string[]): SearchIndex | null {
  if (typeof document !== "object" || document === null) return null;
  const { format, ids: own, words, titles, texts } = document as Record<string, unknown>;
  if (format !== 1 || typeof words !== "string" || !isLists(titles) || !isLists(texts) || !Array.isArray(own)) return null;
  const parted = words === "" ? [] : words.split(" ");
  if (parted.length !== titles.length || parted.length !== texts.length) return null;
  if (own.length !== ids.length || own.some((id, place) => id !== ids[place])) return null;
  return { words: parted, titles: titles.map(places), texts: texts.map(places) };
}

/** Make an index of what stands on the page, for as long as the file is not there. */
export function indexOf(courses: readonly { readonly title: string; readonly text: string }[]): SearchIndex {
  const found = new Map<string, { titles: number[]; texts: number[] }>();
  const entry = (word: string) => {
    const known = found.get(word) ?? { titles: [], texts: [] };
    found.set(word, known);
    return known;
  };
  courses.forEach((course, place) => {
    const titles = new Set(searchWords(course.title));
    for (const word of titles) entry(word).titles.push(place);
    for (const word of new Set(searchWords(course.text))) if (!titles.has(word)) entry(word).texts.push(place);
  });
  const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    words: sorted.map(([word]) => word),
    titles: sorted.map(([, of]) => of.titles),
    texts: sorted.map(([, of]) => of.texts),
  };
}

/**
 * Tell how well each course fits a query: 0 where one of its words is not in the course, and more the better.
 * A word that begins nothing at all is taken for one with a slip: a letter wrong, missing, too many, or two exchanged.
 */
export function scores(index: SearchIndex, query: string, courses: number): Float32Array {
  const total = new Float32Array(courses).fill(1);
  const best = new Float32Array(courses);
  for (const word of new Set(searchWords(query))) {
    best.fill(0);
    const from = firstNotBefore(index.words, word);
    let next = from;
    for (; index.words[next]?.startsWith(word) ?? false; next += 1) count(index, next, index.words[next] === word, 1, best);
    if (next === from && word.length >= SHORTEST_WITH_SLIP) {
      index.words.forEach((known, place) => {
        if (beginsWithOneSlip(known, word)) count(index, place, false, SLIP, best);
      });
    }
    for (let place = 0; place < courses; place += 1) {
      const score = best[place] ?? 0;
      total[place] = score === 0 || total[place] === 0 ? 0 : (total[place] ?? 0) + score;
    }
  }
  return total;
}

function count(index: SearchIndex, at: number, whole: boolean, factor: number, best: Float32Array): void {
  const inTitle = factor * (whole ? WEIGHTS.titleWhole : WEIGHTS.titlePrefix);
  const inText = factor * (whole ? WEIGHTS.textWhole : WEIGHTS.textPrefix);
  for (const place of index.titles[at] ?? []) best[place] = Math.max(best[place] ?? 0, inTitle);
  for (const place of index.texts[at] ?? []) best[place] = Math.max(best[place] ?? 0, inText);
}

function firstNotBefore(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] ?? "") < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tell whether a word begins with what was typed, but for one slip. */
export function beginsWithOneSlip(known: string, typed: string): boolean {
  let same = 0;
  while (same < typed.length && known[same] === typed[same]) same += 1;
  const rest = typed.slice(same);
  return (
    known.startsWith(rest.slice(1), same + 1) || // another letter
    known.startsWith(rest, same + 1) || // one left out
    known.startsWith(rest.slice(1), same) || // one too many
    (rest.length > 1 && known.startsWith(`${rest[1]}${rest[0]}${rest.slice(2)}`, same)) // two exchanged
  );
}

function isLists(value: unknown): value is number[][] {
  return Array.isArray(value) && value.every((list) => Array.isArray(list) && list.every(Number.isInteger));
}

function places(distances: readonly number[]): number[] {
  let place = 0;
  return distances.map((distance) => (place += distance));
}
