// Which day it is at the centre, and what that means for a batch. A day is written YYYY-MM-DD, so days compare as texts.

/** A batch as the page's data has it: first day, what the centre wrote, first and last day of applications. */
export type Batch = readonly [start: string, state: string, opens: string, last: string];

/** Give the day at a place; by this device's own clock where its zone is not known here. */
export function dayAt(moment: Date, timeZone: string | undefined): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...options, ...(timeZone ? { timeZone } : {}) }).format(moment);
  } catch {
    return new Intl.DateTimeFormat("en-CA", options).format(moment);
  }
}

/** Tell whether applications for a batch are taken on a day. */
export function isOpen([, state, opens, last]: Batch, day: string): boolean {
  return state === "open" && opens <= day && day <= last;
}

/** Find the first day of the batch that one could join first, or nothing; of those to come, one with places goes first. */
export function nextStart(batches: readonly Batch[], day: string): string | null {
  const coming = batches.filter(([start]) => start > day);
  const joinable = coming.filter(([, state, , last]) => state === "planned" || (state === "open" && day <= last));
  return (joinable[0] ?? coming[0])?.[0] ?? null;
}
