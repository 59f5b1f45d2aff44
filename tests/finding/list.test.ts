import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_QUERY, orderOf, readState, writeState } from "../../site_overrides/finding/src/addressState.ts";
import { type Batch, dayAt, isOpen, nextStart } from "../../site_overrides/finding/src/centreDay.ts";
import { fitting } from "../../site_overrides/finding/src/filters.ts";
import { ORDERS, sorted } from "../../site_overrides/finding/src/sorting.ts";

const FACETS = [
  { name: "kind", choices: ["completion", "diploma"] },
  { name: "audience", choices: ["women", "men", "any"] },
];
const HELD = [[[0], [0]], [[0], [1]], [[1], [0, 1, 2]]];
const everything = () => true;

test("an address gives the same state again, in one order", () => {
  const state = readState("?sort=fee&audience=men&audience=women&q=bak+ing&kind=diploma", FACETS);
  assert.equal(writeState(state, FACETS), "?q=bak+ing&kind=diploma&audience=women&audience=men&sort=fee");
  assert.equal(writeState(readState("", FACETS), FACETS), "");
});

test("what an address must not say is left out", () => {
  const hostile = "?kind=%3Cscript%3E&kind=diploma&__proto__=x&constructor=1&sort=javascript:alert(1)&audience=&unknown=1&q=%00%0a";
  assert.equal(writeState(readState(hostile, FACETS), FACETS), "?kind=diploma");
  assert.equal([...readState(`?q=${"😀".repeat(10_000)}`, FACETS).query].length, LONGEST_QUERY);
  assert.equal(readState("?q=%E0%A4%A", FACETS).query.length > 0, true);
});

test("the page sorts by department, or by relevance while something is searched", () => {
  assert.equal(orderOf(readState("", FACETS)), "department");
  assert.equal(orderOf(readState("?q=x", FACETS)), "relevance");
  assert.equal(orderOf(readState("?sort=relevance", FACETS)), "department");
  assert.equal(orderOf(readState("?q=x&sort=title", FACETS)), "title");
});

test("choices of one facet widen the list, and those of another narrow it", () => {
  const chosen = (search: string) => fitting(FACETS, HELD, readState(search, FACETS).chosen, everything).shown;
  assert.deepEqual(chosen(""), [true, true, true]);
  assert.deepEqual(chosen("?audience=women"), [true, false, true]);
  assert.deepEqual(chosen("?audience=women&audience=men"), [true, true, true]);
  assert.deepEqual(chosen("?audience=women&kind=diploma"), [false, false, true]);
});

test("the number beside a choice is that of the courses which it would show", () => {
  const { counts } = fitting(FACETS, HELD, readState("?kind=completion", FACETS).chosen, everything);
  assert.deepEqual(counts, [[2, 1], [1, 1, 0]]);
  const none = fitting(FACETS, HELD, new Map(), () => false);
  assert.deepEqual(none.counts, [[0, 0], [0, 0, 0]]);
});

test("a list is sorted by each order, and what cannot be compared comes last", () => {
  const courses = [
    { title: "Zebra", start: null, days: 14, fee: null, hours: 40 },
    { title: "apple", start: "2027-02-01", days: 60, fee: [0, 500] as const, hours: 10 },
    { title: "Éclair", start: "2027-01-01", days: 7, fee: [0, 0] as const, hours: 90 },
  ];
  const given = { scores: Float32Array.of(1, 3, 2), collator: new Intl.Collator("en") };
  const by = Object.fromEntries(ORDERS.map((order) => [order, sorted([0, 1, 2], courses, order, given)]));
  assert.deepEqual(by, {
    department: [0, 1, 2], relevance: [1, 2, 0], start: [2, 1, 0], title: [1, 2, 0], shortest: [2, 0, 1], fee: [2, 1, 0], hours: [1, 0, 2],
  });
});

test("a day is that of the centre", () => {
  const evening = new Date("2026-12-31T20:30:00Z");
  assert.equal(dayAt(evening, "Asia/Karachi"), "2027-01-01");
  assert.equal(dayAt(evening, "Europe/Amsterdam"), "2026-12-31");
  assert.match(dayAt(evening, "No/Such"), /^202[67]-/);
});

test("applications are open from the first day to the last, and where nothing forbids it", () => {
  const batch: Batch = ["2027-02-01", "open", "2027-01-01", "2027-01-20"];
  assert.deepEqual(["2026-12-31", "2027-01-01", "2027-01-20", "2027-01-21"].map((day) => isOpen(batch, day)), [false, true, true, false]);
  assert.equal(isOpen(["2027-02-01", "full", "", "2027-01-31"], "2027-01-05"), false);
  assert.equal(isOpen(["2027-02-01", "open", "", "2027-01-31"], "2020-01-05"), true);
});

test("the next batch is one that can be joined before one that cannot, and never one that has begun", () => {
  const full: Batch = ["2027-02-01", "full", "", "2027-01-31"];
  const planned: Batch = ["2027-03-01", "planned", "", "2027-02-28"];
  assert.equal(nextStart([full, planned], "2027-01-01"), "2027-03-01");
  assert.equal(nextStart([full], "2027-01-01"), "2027-02-01");
  assert.equal(nextStart([full, planned], "2027-03-01"), null);
});
