import assert from "node:assert/strict";
import { test } from "node:test";
import { askedCourses, comparisonQuery, differ, linesOn, readFacts } from "../../site_overrides/finding/src/comparison.ts";

const FACTS = { format: 1, id: "a", title: "A", kind: "diploma", start: null, closes: null, facts: { fee: ["Rs 5"], length: [{ lang: "en", text: "x" }] } };

test("an address asks for four courses at most, each once", () => {
  assert.deepEqual(askedCourses("?c=a,b,a,c&c=d,e"), { ids: ["a", "b", "c", "d"], strange: [], tooMany: ["e"] });
  assert.deepEqual(askedCourses(""), { ids: [], strange: [], tooMany: [] });
  assert.equal(comparisonQuery(["a", "b"]), "?c=a,b");
});

test("what cannot be an id is told and never asked for", () => {
  const { ids, strange } = askedCourses(`?c=${encodeURIComponent("../../x,<b>,a?b,//evil.example,ok")},${"z".repeat(500)}`);
  assert.deepEqual(ids, ["ok"]);
  assert.equal(strange.length, 4);
  assert.ok(strange.every((text) => text.length <= 40));
});

test("facts are taken only in the form that we know, and only for the course that was asked for", () => {
  assert.deepEqual(readFacts(FACTS, "a")?.facts["fee"], ["Rs 5"]);
  for (const wrong of [{ id: "b" }, { format: 2 }, { title: 1 }, { facts: { fee: [5] } }, { facts: null }, { start: 5 }, { closes: 5 }]) {
    assert.equal(readFacts({ ...FACTS, ...wrong }, "a"), null, JSON.stringify(wrong));
  }
  assert.equal(readFacts(null, "a"), null);
});

test("courses differ in a fact where one says something else, whatever its language", () => {
  const [one, other] = [readFacts(FACTS, "a"), readFacts({ ...FACTS, facts: { fee: ["Rs 6"], length: ["x"] } }, "a")];
  assert.ok(one && other);
  assert.equal(differ([one, other], "fee"), true);
  assert.equal(differ([one, other], "length"), false);
  assert.equal(differ([one, other], "missing"), false);
});

test("what is told of the next batch is true on the day of reading", () => {
  const next = ["1–5 March 2027", "Applications are open"];
  const course = readFacts({ ...FACTS, start: "2027-03-01", closes: "2027-02-20", facts: { next, fee: ["Rs 5"] } }, "a");
  assert.ok(course);
  const told = (day: string, row = "next") => linesOn(course, row, day, "begun", "closed");
  assert.deepEqual(told("2027-02-20"), next);
  assert.deepEqual(told("2027-02-21"), ["1–5 March 2027", "closed"]);
  assert.deepEqual(told("2027-03-01"), ["begun"]);
  assert.deepEqual(told("2027-03-01", "fee"), ["Rs 5"]);
  assert.deepEqual(linesOn({ ...course, closes: null }, "next", "2027-02-21", "begun", "closed"), next);
});
