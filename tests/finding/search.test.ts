import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { beginsWithOneSlip, indexOf, readSearchIndex, scores } from "../../site_overrides/finding/src/searchIndex.ts";
import { searchWords } from "../../site_overrides/finding/src/searchWords.ts";

interface Case {
  readonly fact: string;
  readonly text: string;
  readonly words: string[];
}
const cases = JSON.parse(readFileSync(new URL("search_words.json", import.meta.url), "utf8")) as Case[];

for (const { fact, text, words } of cases) test(`words: ${fact}`, () => assert.deepEqual(searchWords(text), words));

const COURSES = [
  { title: "Home Baking for Women", text: "Bread and cakes" },
  { title: "Food Safety", text: "Hygiene in a baking business" },
  { title: "خواتین کے لیے گھریلو بیکنگ", text: "روٹی اور کیک" },
];
const index = indexOf(COURSES);
const found = (query: string) => [...scores(index, query, COURSES.length)].flatMap((score, place) => (score > 0 ? [place] : []));

test("every word that was typed must begin a word of the course", () => {
  assert.deepEqual(found("bak"), [0, 1]);
  assert.deepEqual(found("bak wom"), [0]);
  assert.deepEqual(found("ing"), []);
  assert.deepEqual(found("  "), [0, 1, 2]);
});

test("a word in a title counts more than one elsewhere", () => {
  const [title, text] = scores(index, "baking", COURSES.length);
  assert.ok((title ?? 0) > (text ?? 0));
});

test("Urdu is found as an Arabic keyboard writes it", () => {
  assert.deepEqual(found("بيكنگ"), [2]);
  assert.deepEqual(found("كيك"), [2]);
});

test("one slip is forgiven in a word that begins nothing, and only then", () => {
  for (const typed of ["bakign", "bbaking", "bakng", "vaking"]) assert.ok(found(typed).includes(0), typed);
  assert.deepEqual(found("xyz"), []);
  assert.deepEqual(found("xyzw"), []);
  assert.equal(beginsWithOneSlip("baking", "bkaing"), true);
  assert.equal(beginsWithOneSlip("baking", "bkgain"), false);
});

test("the file of words is taken only for the courses that are on the page", () => {
  const file = { format: 1, ids: ["a", "b", "c"], words: "bak cake", titles: [[0], []], texts: [[], [1, 1]] };
  assert.deepEqual(readSearchIndex(file, ["a", "b", "c"])?.texts, [[], [1, 2]]);
  assert.equal(readSearchIndex(file, ["a", "c", "b"]), null);
  assert.equal(readSearchIndex({ ...file, format: 2 }, ["a", "b", "c"]), null);
  assert.equal(readSearchIndex({ ...file, texts: [[]] }, ["a", "b", "c"]), null);
  for (const wrong of [null, "x", [], { format: 1 }]) assert.equal(readSearchIndex(wrong, []), null);
});
