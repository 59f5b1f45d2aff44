// What is searched, chosen and sorted by, as the address of the page holds it. What it does not know it leaves out.
import type { Chosen, Facet } from "./filters.ts";
import { isOrder, type Order } from "./sorting.ts";

export interface State {
  readonly query: string;
  readonly chosen: Chosen;
  /** Nothing where the page chooses: by department, or by relevance while something is searched. */
  readonly order: Order | null;
}

/** Letters of a query that count. */
export const LONGEST_QUERY = 200;

/** Read an address; unknown names and values, and control characters, are left out. */
export function readState(search: string, facets: readonly Facet[]): State {
  const parameters = new URLSearchParams(search);
  const chosen = new Map<string, ReadonlySet<string>>();
  for (const { name, choices } of facets) {
    const asked = new Set(parameters.getAll(name));
    const values = choices.filter((choice) => asked.has(choice));
    if (values.length > 0) chosen.set(name, new Set(values));
  }
  const order = parameters.get("sort") ?? "";
  return { query: cleanQuery(parameters.get("q") ?? ""), chosen, order: isOrder(order) ? order : null };
}

/** Write an address: always in one order, so that the same list has the same one. */
export function writeState(state: State, facets: readonly Facet[]): string {
  const parameters = new URLSearchParams();
  if (state.query.trim() !== "") parameters.set("q", state.query.trim());
  for (const { name, choices } of facets) {
    for (const choice of choices) if (state.chosen.get(name)?.has(choice)) parameters.append(name, choice);
  }
  if (state.order !== null) parameters.set("sort", state.order);
  const written = parameters.toString();
  return written === "" ? "" : `?${written}`;
}

/** Leave out what nobody types. */
export function cleanQuery(query: string): string {
  return [...query.replace(/\p{Cc}/gu, " ")].slice(0, LONGEST_QUERY).join("");
}

/** The order in which the list is really shown. */
export function orderOf(state: State): Order {
  const searching = state.query.trim() !== "";
  if (state.order === null || (state.order === "relevance" && !searching)) return searching ? "relevance" : "department";
  return state.order;
}
