// In which order courses are shown.

/** By what one can sort; `department` is the order of the page, `relevance` that of a search. */
export const ORDERS = ["department", "relevance", "start", "title", "shortest", "fee", "hours"] as const;
export type Order = (typeof ORDERS)[number];

/** What a course is sorted by. */
export interface Sortable {
  readonly title: string;
  /** First day of its next batch. */
  readonly start: string | null;
  readonly days: number;
  /** Place of the currency, and amount. */
  readonly fee: readonly [number, number] | null;
  readonly hours: number;
}

export function isOrder(text: string): text is Order {
  return (ORDERS as readonly string[]).includes(text);
}

/** Put places of courses in order; where two are equal, the order of the page stays. */
export function sorted(
  places: readonly number[],
  courses: readonly Sortable[],
  order: Order,
  { scores, collator }: { readonly scores: Float32Array | null; readonly collator: Intl.Collator },
): number[] {
  const by = (compare: (one: Sortable, other: Sortable) => number) =>
    [...places].sort((one, other) => {
      const [a, b] = [courses[one], courses[other]];
      return a === undefined || b === undefined ? 0 : compare(a, b);
    });
  switch (order) {
    case "department":
      return [...places];
    case "relevance":
      return scores === null ? [...places] : [...places].sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
    case "start":
      return by((a, b) => (a.start === b.start ? 0 : (a.start ?? "9") < (b.start ?? "9") ? -1 : 1));
    case "title":
      return by((a, b) => collator.compare(a.title, b.title));
    case "shortest":
      return by((a, b) => a.days - b.days || a.hours - b.hours);
    case "fee":
      // What one must ask for comes last.
      return by((a, b) => (a.fee?.[0] ?? Infinity) - (b.fee?.[0] ?? Infinity) || (a.fee?.[1] ?? 0) - (b.fee?.[1] ?? 0) || 0);
    case "hours":
      return by((a, b) => a.hours - b.hours);
  }
}
