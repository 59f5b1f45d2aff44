// Which courses fit what was chosen: one of the choices of every facet of which something is chosen.

/** A facet and its choices, as the address of the page names them. */
export interface Facet {
  readonly name: string;
  readonly choices: readonly string[];
}

/** For each course, and in it for each facet, the places of the choices that it has. */
export type Held = readonly (readonly (readonly number[])[])[];

/** Choices by facet; a facet of which nothing is chosen is not there. */
export type Chosen = ReadonlyMap<string, ReadonlySet<string>>;

/** Which courses are shown, and how many would be with each choice and all that is chosen of the other facets. */
export interface Fitting {
  readonly shown: readonly boolean[];
  readonly counts: readonly (readonly number[])[];
}

/** Judge all courses in one pass; `found` tells which of them the search has found. */
export function fitting(facets: readonly Facet[], held: Held, chosen: Chosen, found: (place: number) => boolean): Fitting {
  const wanted = facets.map(({ name, choices }) => {
    const values = chosen.get(name);
    return values === undefined || values.size === 0 ? null : choices.map((choice) => values.has(choice));
  });
  const counts = facets.map(({ choices }) => choices.map(() => 0));
  const shown = held.map((course, place) => {
    if (!found(place)) return false;
    let missed = 0;
    let missing = -1;
    wanted.forEach((choices, facet) => {
      if (choices !== null && !(course[facet] ?? []).some((choice) => choices[choice])) {
        missed += 1;
        missing = facet;
      }
    });
    // Who fits but for one facet counts at the choices of that one alone.
    if (missed < 2) {
      for (let facet = missed === 0 ? 0 : missing; facet < (missed === 0 ? facets.length : missing + 1); facet += 1) {
        const numbers = counts[facet];
        for (const choice of course[facet] ?? []) if (numbers !== undefined) numbers[choice] = (numbers[choice] ?? 0) + 1;
      }
    }
    return missed === 0;
  });
  return { shown, counts };
}
